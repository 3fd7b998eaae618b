// Expands a manifest into Compose files with go-yaml, the library that Compose itself reads YAML with, as plainly as
// expand.py does with PyYAML: no validation, no merge rules, no environments, Compose files only.
//
//	expand MANIFEST OUT_DIR
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gopkg.in/yaml.v3"
)

type object = map[string]interface{}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "expand:", err)
		os.Exit(1)
	}
}

// merged gives the strong value over the weak one; maps key by key.
func merged(weak, strong interface{}) interface{} {
	one, isMap := weak.(object)
	other, areMaps := strong.(object)
	if !isMap || !areMaps {
		return strong
	}
	result := make(object, len(one)+len(other))
	for key, value := range one {
		result[key] = value
	}
	for key, value := range other {
		if old, isThere := one[key]; isThere {
			value = merged(old, value)
		}
		result[key] = value
	}
	return result
}

func under(value object, key string) object {
	inner, _ := value[key].(object)
	return inner
}

func text(value object, key, otherwise string) string {
	if text, isText := value[key].(string); isText {
		return text
	}
	return otherwise
}

// expanded is the Compose model of one project.
func expanded(manifest object, name string, project object) object {
	images, naming := under(manifest, "images"), under(manifest, "naming")
	template := text(project, "container_name", text(naming, "container", "{project}-{service}"))
	services := object{}
	for service, stated := range under(project, "services") {
		body, _ := stated.(object)
		key := text(body, "image", service)
		image := under(images, key)
		owner := text(image, "owner", name)
		words := strings.NewReplacer("{project}", name, "{service}", service, "{image}", key, "{owner}", owner)
		result := object{"image": text(image, "pull", key+":"+text(naming, "tag", "latest"))}
		if build, isBuilt := image["build"]; isBuilt {
			if owner == name {
				result["build"] = build
			}
			result["pull_policy"] = "never"
		}
		result["container_name"] = words.Replace(template)
		own := object{}
		for key, value := range body {
			if key != "image" {
				own[key] = value
			}
		}
		services[service] = merged(
			merged(merged(result, under(under(manifest, "defaults"), "service")), under(image, "service")), own)
	}
	model := object{"name": name, "services": services}
	for _, key := range []string{"networks", "volumes", "configs", "secrets"} {
		if value, isThere := project[key]; isThere {
			model[key] = value
		}
	}
	return model
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: expand MANIFEST OUT_DIR")
		os.Exit(2)
	}
	bytes, err := os.ReadFile(os.Args[1])
	fail(err)
	manifest := object{}
	fail(yaml.Unmarshal(bytes, &manifest))
	for name := range under(manifest, "projects") {
		project := under(under(manifest, "projects"), name)
		folder := filepath.Join(os.Args[2], text(project, "path", name))
		fail(os.MkdirAll(folder, 0o777))
		out, err := yaml.Marshal(expanded(manifest, name, project))
		fail(err)
		fail(os.WriteFile(filepath.Join(folder, "docker-compose.yml"), out, 0o666))
	}
}
