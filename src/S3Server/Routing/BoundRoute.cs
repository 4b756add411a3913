namespace S3Cassandra.S3Server.Routing;

/// <summary>A row and what runs it.</summary>
internal sealed record BoundRoute(Route Route, IRouteAction Action);
