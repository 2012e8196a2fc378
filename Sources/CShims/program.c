#define _GNU_SOURCE
#include "program.h"

#include <elf.h>
#include <link.h>
#include <string.h>

struct found {
    uint8_t *bytes;
    size_t room, count;
};

static size_t padded(size_t count)
{
    return (count + 3) & ~(size_t)3;
}

// The first object is the program itself.
static int look(struct dl_phdr_info *object, size_t size, void *context)
{
    struct found *found = context;
    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        if (header->p_type != PT_NOTE) continue;
        const uint8_t *next = (const uint8_t *)(object->dlpi_addr + header->p_vaddr), *end = next + header->p_memsz;
        while ((size_t)(end - next) >= sizeof(ElfW(Nhdr))) {
            const ElfW(Nhdr) *note = (const ElfW(Nhdr) *)next;
            const uint8_t *name = next + sizeof *note, *content = name + padded(note->n_namesz);
            if ((size_t)(end - name) < padded(note->n_namesz) + padded(note->n_descsz)) break;
            if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
                found->count = note->n_descsz < found->room ? note->n_descsz : found->room;
                memcpy(found->bytes, content, found->count);
                return 1;
            }
            next = content + padded(note->n_descsz);
        }
    }
    return 1;
}

size_t minke_build_id(uint8_t *bytes, size_t room)
{
    struct found found = {bytes, room, 0};
    dl_iterate_phdr(look, &found);
    return found.count;
}
