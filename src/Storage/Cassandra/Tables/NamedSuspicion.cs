using S3Cassandra.Cql;

namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>One naming of a suspicion: a row of the table.</summary>
/// <param name="Suspicion">What is suspected.</param>
/// <param name="Stamp">A timeuuid: when it was named, and what tells this naming from every other one of the same thing.</param>
/// <param name="UnreferencedSince">When a first look found no reference; null before that.</param>
internal sealed record NamedSuspicion(Suspicion Suspicion, Guid Stamp, DateTimeOffset? UnreferencedSince = null)
{
    public DateTimeOffset Since => TimeUuid.TimeOf(Stamp);
}
