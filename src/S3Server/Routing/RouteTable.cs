using System.Collections.Frozen;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Routing.Routes;

namespace S3Cassandra.S3Server.Routing;

/// <summary>
/// Every operation of S3, and which of them a request asks for. Sub-resources are S3's known ones: a request with one of them never
/// falls through to an operation without; any other query parameter means nothing here.
/// </summary>
internal sealed class RouteTable
{
    private static readonly FrozenSet<string> SubResources = AllRoutes()
        .Where(route => route.SubResource is not null)
        .Select(route => route.SubResource!)
        .ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenDictionary<(string Method, RouteTarget Target, string? SubResource), BoundRoute[]> _routes;
    private readonly ILookup<(RouteTarget Target, string? SubResource), string> _methods;

    public RouteTable(IServiceProvider services)
    {
        var reachable = AllRoutes().Where(route => route.IsReachable).ToList();

        // The most particular row first: UploadPartCopy before UploadPart, GetBucketInventoryConfiguration before its list.
        _routes = reachable
            .OrderByDescending(route => (route.HeaderName is null ? 0 : 1) + (route.QueryName is null ? 0 : 1))
            .GroupBy(route => (route.Method, route.Target, route.SubResource))
            .ToFrozenDictionary(group => group.Key, group => group.Select(route => new BoundRoute(route, route.Bind(services))).ToArray());
        _methods = reachable.ToLookup(route => (route.Target, route.SubResource), route => route.Method);
    }

    /// <summary>All rows, also those that no request can name here.</summary>
    public static IEnumerable<Route> AllRoutes() =>
        [.. BucketRoutes.All, .. ListingRoutes.All, .. ObjectRoutes.All, .. MultipartRoutes.All, .. ConfigurationRoutes.All, .. AccountRoutes.All];

    /// <summary>The operation that a request asks for.</summary>
    /// <exception cref="S3Exception">MethodNotAllowed, or InvalidArgument where sub-resources contradict each other.</exception>
    public BoundRoute Find(string method, RequestTarget target, IHeaderDictionary headers)
    {
        var subResource = SubResourceOf(target.Query);
        RefuseCopySource(method, subResource, headers);
        if (!_routes.TryGetValue((method, target.Kind, subResource), out var candidates))
        {
            throw NotAllowed(method, target.Kind, subResource);
        }

        foreach (var candidate in candidates)
        {
            if (Matches(candidate.Route, target.Query, headers))
            {
                RefuseStray(candidate.Route, target.Query);
                return candidate;
            }
        }

        if (subResource == "uploadId")
        {
            throw NotAllowed(method, target.Kind, subResource);
        }

        throw new S3Exception(
            S3Errors.InvalidArgument,
            "A required query parameter is missing or has a value that the operation does not know.",
            ("ArgumentName", candidates[^1].Route.QueryName ?? subResource ?? ""));
    }

    /// <summary>A copy is a PUT; elsewhere the header says that the client means something that it does not get.</summary>
    private static void RefuseCopySource(string method, string? subResource, IHeaderDictionary headers)
    {
        if ((method is "GET" or "HEAD" or "DELETE" || (method == "POST" && subResource == "uploadId"))
            && headers.TryGetValue("x-amz-copy-source", out var source))
        {
            throw new S3Exception(
                S3Errors.InvalidArgument,
                "You can only specify a copy source header for copy requests.",
                ("ArgumentName", "x-amz-copy-source"),
                ("ArgumentValue", source.ToString()));
        }
    }

    private static string? SubResourceOf(QueryParameters query)
    {
        string? found = null;
        foreach (var parameter in query.All)
        {
            if (SubResources.Contains(parameter.Key) && parameter.Key != found)
            {
                found = found is null ? parameter.Key : throw new S3Exception(
                    S3Errors.InvalidArgument,
                    $"Conflicting query string parameters: {found}, {parameter.Key}",
                    ("ArgumentName", "ResourceType"),
                    ("ArgumentValue", found));
            }
        }

        return found;
    }

    /// <summary>Parameters that change what a request means, on one that cannot mean it: never an upload in disguise.</summary>
    private static void RefuseStray(Route route, QueryParameters query)
    {
        if (query.All.Count == 0 || route.Target != RouteTarget.Object)
        {
            return;
        }

        if (!route.TakesVersion && query.Has("versionId"))
        {
            throw new S3Exception(
                S3Errors.InvalidArgument,
                "This operation does not accept a version-id.",
                ("ArgumentName", "versionId"),
                ("ArgumentValue", query.Get("versionId")!));
        }

        if (route is { SubResource: null, Method: "PUT" } && query.Has("partNumber"))
        {
            throw new S3Exception(
                S3Errors.InvalidArgument,
                "This operation does not accept partNumber without uploadId",
                ("ArgumentName", "partNumber"),
                ("ArgumentValue", "partNumber"));
        }
    }

    private static bool Matches(Route route, QueryParameters query, IHeaderDictionary headers)
    {
        if (route.QueryName is not null
            && (query.Get(route.QueryName) is not { } value || (route.QueryValue is not null && route.QueryValue != value)))
        {
            return false;
        }

        return route.HeaderName is null || headers.ContainsKey(route.HeaderName);
    }

    private S3Exception NotAllowed(string method, RouteTarget target, string? subResource)
    {
        if (target == RouteTarget.Object && method == "GET" && subResource is "uploads" or "versions")
        {
            return new S3Exception(S3Errors.InvalidRequest, subResource == "uploads"
                ? "Key is not expected for the GET method ?uploads subresource"
                : "There is no such thing as the ?versions sub-resource for a key");
        }

        var allowed = string.Join(", ", _methods[(target, subResource)].Distinct().Order(StringComparer.Ordinal));
        return new S3Exception(
            S3Errors.MethodNotAllowed,
            null,
            ("Method", method),
            ("ResourceType", subResource == "uploadId" ? "UPLOAD" : subResource?.ToUpperInvariant() ?? target.ToString().ToUpperInvariant()))
        {
            Allow = allowed,
        };
    }
}
