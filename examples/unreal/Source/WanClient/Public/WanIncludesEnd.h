// Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
THIRD_PARTY_INCLUDES_END
