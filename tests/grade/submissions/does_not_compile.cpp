// Does not compile.

#include "grey.hpp"

void negative(Image& image, WorkLog& log) {
#pragma omp parallel for
    for (int y = 0; y < image.height(); ++y) {
        const WorkLog::Item noted = log.item(y)
    }
}
