namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>The APIs of the query protocol that there are.</summary>
internal sealed class QueryServices(IReadOnlyList<QueryService> services)
{
    public IReadOnlyList<QueryService> All => services;

    public QueryService? Named(string name) => services.FirstOrDefault(service => service.Name == name);

    public QueryService? OfVersion(string? version) => services.FirstOrDefault(service => service.Version == version);
}
