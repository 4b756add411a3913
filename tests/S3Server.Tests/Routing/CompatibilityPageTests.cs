using System.Text;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Configuration;
using S3Cassandra.S3Server.Routing;

namespace S3Cassandra.S3Server.Tests.Routing;

/// <summary>
/// The table in docs/s3-compatibility.md is written from the route table: with S3CASSANDRA_TEST_WRITE_DOCS=1 in the environment this test
/// writes it, otherwise it holds the page against it.
/// </summary>
public class CompatibilityPageTests
{
    private const string Begin = "<!-- operations: written by CompatibilityPageTests -->";
    private const string End = "<!-- end of operations -->";

    [Fact]
    public void The_page_lists_every_operation_with_its_state()
    {
        var path = PagePath();
        var page = File.ReadAllText(path);
        var from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var to = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(from > Begin.Length && to > from, "the page has lost its markers");
        var expected = Table();
        if (Environment.GetEnvironmentVariable("S3CASSANDRA_TEST_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page[..from] + expected + page[to..]);
            return;
        }

        Assert.Equal(expected, page[from..to]);
    }

    private static string Table()
    {
        var text = new StringBuilder("\n\n| operation | request | state |\n|---|---|---|\n");
        foreach (var route in RouteTable.AllRoutes().OrderBy(route => route.Name, StringComparer.Ordinal))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {route.Name} | `{Request(route)}` | {State(route)} |\n");
        }

        var rows = RouteTable.AllRoutes().ToList();
        var built = rows.Count(route => route.IsImplemented);
        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{built} of {rows.Count} operations answer.\n\n").ToString();
    }

    private static string Request(Route route)
    {
        var path = route.Target switch { RouteTarget.Service => "/", RouteTarget.Bucket => "/BUCKET", RouteTarget.Account => AccountTarget.PublicAccessBlockPath, _ => "/BUCKET/KEY" };
        var query = new List<string>();
        if (route.SubResource is { } subResource)
        {
            query.Add(route.QueryName == subResource && route.QueryValue is { } own ? $"{subResource}={own}" : subResource);
        }

        if (route.QueryName is { } name && name != route.SubResource)
        {
            query.Add(route.QueryValue is { } value ? $"{name}={value}" : name);
        }

        var target = query.Count > 0 ? $"{path}?{string.Join('&', query)}" : path;
        return $"{route.Method} {target}{(route.HeaderName is { } header ? $", {header}" : "")}";
    }

    private static string State(Route route)
    {
        if (!route.IsReachable)
        {
            return $"not here: {route.Note}";
        }

        var isUnset = typeof(UnsetConfiguration).Assembly.GetType($"{typeof(UnsetConfiguration).Namespace}.{route.Name}")?.GetProperty("Operation") is not null
            || route.Name is "GetObjectRetention" or "GetObjectLegalHold";
        return !route.IsImplemented ? "501 NotImplemented" : isUnset ? "answers what AWS answers where nothing is set" : "yes";
    }

    private static string PagePath()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var page = Path.Combine(folder.FullName, "docs", "s3-compatibility.md");
            if (File.Exists(page))
            {
                return page;
            }
        }

        throw new FileNotFoundException("docs/s3-compatibility.md is not above the tests.");
    }
}
