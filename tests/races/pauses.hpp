// For the race detector alone.

#pragma once

/// From here on threads pause now and then where they come to a lock, a shared
/// loop, a `single` or a task; or, where they did, they no longer do.
void switch_pauses();
