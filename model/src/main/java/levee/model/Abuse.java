package levee.model;

/**
 * What somebody should be told of who owns a device or lends a network: hosts that are infected, who commands them, services
 * that can be abused, and who looks for them.
 */
public sealed interface Abuse extends Finding
        permits InfectedHost, CommandServer, Botnet, Scanner, ExposedService, SpoofedTraffic {}
