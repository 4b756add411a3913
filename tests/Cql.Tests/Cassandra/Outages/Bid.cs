using S3Cassandra.Cql.Sessions;

namespace S3Cassandra.Cql.Tests.Cassandra.Outages;

/// <summary>One try to be the first in a slot of a ledger.</summary>
/// <param name="Id">Written where it is applied; no other has the same.</param>
/// <param name="Outcome">What was answered; null where it was certainly not executed.</param>
internal sealed record Bid(Guid Ledger, int Slot, Guid Id, Outcome? Outcome);
