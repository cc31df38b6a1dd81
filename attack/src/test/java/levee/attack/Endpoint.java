package levee.attack;

import levee.model.IpAddress;

/** An address and a port. */
record Endpoint(IpAddress address, int port) {}
