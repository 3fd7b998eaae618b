// Checks Compose files as `docker compose config -q` does, many in one process.
//
// It stands on compose-go, the library that Docker Compose loads files with, and follows the command step by step:
// environment, interpolation, schema, paths, normalization, consistency, profiles, the written project. What it cannot
// see is what the command does around that: the engine's client, remote files, the terminal.
//
// Standard input is a stream of files, each a line `NAME LENGTH` and then so many bytes. For each, standard output has
// a line `accepted NAME` or `refused NAME MESSAGE`, where the message is quoted as in Go. A file whose check panics is
// refused with what the panic says; one that takes longer than a minute ends the oracle with status 3.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/sirupsen/logrus"
)

const (
	longest  = 64 << 20
	patience = time.Minute
)

// warnings notes whether Compose warned of a variable without a value: what it makes of a text then, no check can know.
type warnings struct{ ofVariables bool }

var unset warnings

func (w *warnings) Write(text []byte) (int, error) {
	w.ofVariables = w.ofVariables || bytes.Contains(text, []byte("variable is not set"))
	return len(text), nil
}

func main() {
	logrus.SetOutput(&unset)
	if err := checkAll(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(2)
	}
}

func checkAll(input io.Reader, output io.Writer) error {
	folder, err := os.MkdirTemp("", "compose-oracle-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "compose.yml")
	reader := bufio.NewReaderSize(input, 1<<20)
	writer := bufio.NewWriter(output)
	defer writer.Flush()
	for {
		var name string
		var length int
		header, err := reader.ReadString('\n')
		if errors.Is(err, io.EOF) && header == "" {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := fmt.Sscanf(header, "%s %d\n", &name, &length); err != nil || length < 0 || length > longest {
			return fmt.Errorf("this is no head of a file: %q", header)
		}
		content := make([]byte, length)
		if _, err := io.ReadFull(reader, content); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			return err
		}
		impatience := time.AfterFunc(patience, func() {
			fmt.Fprintf(os.Stderr, "oracle: %s takes longer than %s\n", name, patience)
			os.Exit(3)
		})
		unset = warnings{}
		fault := check(file)
		if fault != nil && unset.ofVariables {
			fault = fmt.Errorf("%w (a variable is not set)", fault)
		}
		impatience.Stop()
		if fault == nil {
			fmt.Fprintf(writer, "accepted %s\n", name)
		} else {
			fmt.Fprintf(writer, "refused %s %q\n", name, fault.Error())
		}
		// Whoever waits for one answer before the next file must not wait for ever.
		if reader.Buffered() == 0 {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
	}
}

// check does what `docker compose -f FILE --project-name p --profile '*' config -q` does with one file.
func check(file string) (fault error) {
	defer func() {
		if cause := recover(); cause != nil {
			fault = fmt.Errorf("panic: %v", cause)
		}
	}()
	options, err := cli.NewProjectOptions([]string{file},
		cli.WithInterpolation(true),
		cli.WithResolvedPaths(true),
		cli.WithNormalization(true),
		cli.WithConsistency(true),
		cli.WithDiscardEnvFile,
		cli.WithWorkingDirectory(""),
		cli.WithOsEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithDefaultProfiles("*"),
		cli.WithName("p"))
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	// Compose asks for this from 2.30 on; what it refuses is refused for every release. Services with profiles may be
	// alternatives, of which nobody starts two.
	started := *project
	started.Services = types.Services{}
	for name, service := range project.Services {
		if len(service.Profiles) == 0 {
			started.Services[name] = service
		}
	}
	if err := started.CheckContainerNameUnicity(); err != nil {
		return err
	}
	project, err = project.WithServicesEnabled()
	if err != nil {
		return err
	}
	project, err = project.WithoutUnnecessaryResources().WithSelectedServices(nil)
	if err != nil {
		return err
	}
	_, err = project.MarshalYAML()
	return err
}
