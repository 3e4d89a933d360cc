// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
#pragma pop_macro("check")
THIRD_PARTY_INCLUDES_END
