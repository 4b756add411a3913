namespace S3Cassandra.Support.Faults;

/// <summary>Names the fault of a request; null leaves it to the next rule. Called from many connections at once.</summary>
public delegate CqlFault? CqlFaultRule(CqlFrame request);
