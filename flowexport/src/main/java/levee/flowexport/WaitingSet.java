package levee.flowexport;

/**
 * A set of data whose template is not known yet, with what its datagram said.
 *
 * @param domain that its template belongs to
 * @param templateId of the template
 * @param bytes the set behind its header; its own copy
 * @param datagram what its header said
 */
record WaitingSet(ObservationDomain domain, int templateId, byte[] bytes, Datagram datagram) {}
