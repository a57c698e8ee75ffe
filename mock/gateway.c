#include "mock/gateway.h"

#include <string.h>

const struct gateway *const gateways[] = {
    &gateway_clawdrouter, &gateway_invoratec, &gateway_claude, &gateway_arouter,
    &gateway_openrouter,  &gateway_openai,    &gateway_gemini, NULL,
};

const struct gateway *gateway_find(const char *name)
{
    for (const struct gateway *const *g = gateways; *g; g++)
        if (strcmp((*g)->name, name) == 0)
            return *g;
    return NULL;
}

enum family gateway_family_at(const struct gateway *gateway, const char *path)
{
    for (size_t i = 0; i < COUNT(gateway->areas) && gateway->areas[i].prefix; i++)
        if (strncmp(path, gateway->areas[i].prefix, strlen(gateway->areas[i].prefix)) == 0)
            return gateway->areas[i].family;
    return gateway->family;
}

const struct wording *voice_wording(const struct voice *voice, enum fault fault)
{
    for (; fault != FAULT_NONE; fault = fault_kin(fault)) {
        if (voice->wordings && voice->wordings[fault].status)
            return &voice->wordings[fault];
        if (voice->common[fault].status)
            return &voice->common[fault];
    }
    return NULL;
}

const char *family_name(enum family family)
{
    switch (family) {
    case FAMILY_OPENAI:
        return "openai";
    case FAMILY_ANTHROPIC:
        return "anthropic";
    case FAMILY_GEMINI:
        return "gemini";
    case FAMILY_KEYS:
        return "keys";
    }
    return "";
}
