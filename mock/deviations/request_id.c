#include "mock/deviations/lies.h"

const struct deviation request_id_deviations[] = {
    {0},
};
