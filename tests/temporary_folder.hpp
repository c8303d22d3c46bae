#pragma once

#include "tests/files.hpp"
