// The floor F: the least work that any compiler built on libyaml does for a manifest.
//
//     floor MANIFEST LIST OUT_DIR
//
// 1. Reads MANIFEST whole and pulls every event out of libyaml's parser, keeping nothing.
// 2. Writes one file below OUT_DIR for each line `SIZE PATH` of LIST, SIZE bytes long (LIST comes from the artifacts
//    that a compiler really wrote). The bytes are synthesised from one buffer: reading or computing them costs nothing.
//
// It validates nothing, merges nothing, compares with nothing on disk, syncs nothing and renames nothing: its time is
// parse + write of the same number of files and bytes, and is the unit in which the other programs are measured.
// LIST itself is read (one short line a file). Folders are made only where they are absent.
//
// Exit status: 0 done, 1 a file could not be read, parsed or written, 2 wrong usage.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#define PATH_BYTES 4096

static int fail(const char *what, const char *path) {
    fprintf(stderr, "floor: cannot %s %s: %s\n", what, path, strerror(errno));
    return 1;
}

/// Reads the whole file; the caller frees it. NULL if it cannot be read.
static unsigned char *read_file(const char *path, size_t *size) {
    int file = open(path, O_RDONLY);
    if (file < 0) return NULL;
    struct stat status;
    unsigned char *bytes = NULL;
    if (fstat(file, &status) == 0 && (bytes = malloc((size_t)status.st_size + 1))) {
        size_t done = 0;
        ssize_t count;
        while (done < (size_t)status.st_size
               && (count = read(file, bytes + done, (size_t)status.st_size - done)) > 0)
            done += (size_t)count;
        bytes[done] = 0;
        *size = done;
    }
    close(file);
    return bytes;
}

/// Runs libyaml's event parser to the end of the stream; 0 if the text is YAML.
static int parse(const char *path, const unsigned char *bytes, size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    int ended = 0;
    if (!yaml_parser_initialize(&parser)) return fail("parse", path);
    yaml_parser_set_input_string(&parser, bytes, size);
    while (!ended) {
        if (!yaml_parser_parse(&parser, &event)) {
            fprintf(stderr, "floor: %s:%zu: %s\n", path, parser.problem_mark.line + 1, parser.problem);
            return 1;
        }
        ended = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    return 0;
}

/// Opens a file for writing, making the folders above it when they are absent.
static int create(char *path) {
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (file >= 0 || errno != ENOENT) return file;
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0755);
        *slash = '/';
    }
    return open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
}

static int write_file(char *path, const char *bytes, size_t size) {
    int file = create(path);
    if (file < 0) return fail("create", path);
    while (size > 0) {
        ssize_t count = write(file, bytes, size);
        if (count < 0) return fail("write", path);
        size -= (size_t)count;
    }
    return close(file) == 0 ? 0 : fail("close", path);
}

/// Writes the files of a list of lines `SIZE PATH`, all from one buffer that grows to the largest of them.
static int write_all(char *list, const char *folder) {
    char path[PATH_BYTES], *bytes = NULL;
    size_t capacity = 0;
    for (char *line = strtok(list, "\n"); line; line = strtok(NULL, "\n")) {
        char *name;
        size_t size = strtoul(line, &name, 10);
        if (name == line || *name != ' '
            || snprintf(path, sizeof path, "%s/%s", folder, name + 1) >= (int)sizeof path) {
            fprintf(stderr, "floor: not a line of the form `SIZE PATH`: %s\n", line);
            return 1;
        }
        if (size > capacity) {
            if (!(bytes = realloc(bytes, size))) return fail("make room for", path);
            memset(bytes + capacity, 'x', size - capacity);
            capacity = size;
        }
        if (write_file(path, bytes, size)) return 1;
    }
    free(bytes);
    return 0;
}

int main(int count, char **arguments) {
    if (count != 4) {
        fprintf(stderr, "usage: floor MANIFEST LIST OUT_DIR\n");
        return 2;
    }
    size_t size = 0, list_size = 0;
    unsigned char *manifest = read_file(arguments[1], &size);
    if (!manifest) return fail("read", arguments[1]);
    unsigned char *list = read_file(arguments[2], &list_size);
    if (!list) return fail("read", arguments[2]);
    int status = parse(arguments[1], manifest, size) || write_all((char *)list, arguments[3]);
    free(manifest);
    free(list);
    return status;
}
