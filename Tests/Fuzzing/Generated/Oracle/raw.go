//go:build raw

package main

import (
	"bufio"
	"io"
	"strings"

	"github.com/compose-spec/compose-go/v2/dotenv"
)

// The command, not the library, knows environment files whose lines are taken as they are; from 2.30 on.
func init() {
	dotenv.RegisterFormat("raw", func(r io.Reader, _ string, values map[string]string, _ func(string) (string, bool)) error {
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			key, value, _ := strings.Cut(lines.Text(), "=")
			values[key] = value
		}
		return lines.Err()
	})
}
