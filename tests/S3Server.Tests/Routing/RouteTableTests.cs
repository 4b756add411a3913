using Amazon.Runtime;
using Amazon.S3.Model;
using Microsoft.AspNetCore.Http;
using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Routing;
using S3Cassandra.S3Server.Tests.Server;

namespace S3Cassandra.S3Server.Tests.Routing;

public class RouteTableTests
{
    private static readonly RequestTargetParser Parser = new([]);

    [Fact]
    public void Every_request_type_of_the_SDK_is_mapped_to_one_row()
    {
        var types = typeof(PutObjectRequest).Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Request", StringComparison.Ordinal)
                && typeof(AmazonWebServiceRequest).IsAssignableFrom(type)
                && !type.IsAbstract
                && type.Namespace == typeof(PutObjectRequest).Namespace)
            .Select(type => type.Name[..^"Request".Length])
            .ToList();
        var rows = RouteTable.AllRoutes().Select(route => route.Name).ToHashSet();
        Assert.True(types.Count > 100, $"only {types.Count} request types were found");
        Assert.Equal(types.Order(StringComparer.Ordinal), SdkRequests.Rows.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(SdkRequests.Rows.Values, row => row is not null && !rows.Contains(row));
    }

    [Fact]
    public void No_operation_has_two_rows()
    {
        var names = RouteTable.AllRoutes().Select(route => route.Name).ToList();
        Assert.Equal(names.Distinct().Order(), names.Order());
    }

    [Fact]
    public async Task Every_row_is_found_by_a_request_that_looks_like_it()
    {
        await using var server = await TestServer.StartAsync();
        var table = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        foreach (var route in RouteTable.AllRoutes().Where(route => route.IsReachable))
        {
            Assert.Equal(route.Name, table.Find(route.Method, TargetOf(route), HeadersOf(route)).Route.Name);
        }
    }

    [Fact]
    public async Task No_sub_resource_falls_through_to_an_operation_without()
    {
        await using var server = await TestServer.StartAsync();
        var table = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        var subResources = RouteTable.AllRoutes().Select(route => route.SubResource).Where(name => name is not null).Distinct();
        foreach (var subResource in subResources)
        {
            foreach (var target in new[] { "/", "/b", "/b/k" })
            {
                foreach (var method in new[] { "GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "get" })
                {
                    var found = Find(table, method, $"{target}?{subResource}=1&x-id=Y");
                    Assert.True(found is null || found.SubResource == subResource, $"{method} {target}?{subResource} is {found?.Name}");
                }
            }
        }
    }

    [Theory]
    [InlineData("GET", "/b?x-id=ListObjects", "ListObjects")]
    [InlineData("PUT", "/b/k?x-id=PutObject", "PutObject")]
    [InlineData("GET", "/b/k?partNumber=1", "GetObject")]
    [InlineData("GET", "/b/k?versionId=1&response-expires=x", "GetObject")]
    [InlineData("GET", "/b?unheard=1", "ListObjects")]
    [InlineData("GET", "/b?Acl", "ListObjects")]
    [InlineData("GET", "/b?inventory", "ListBucketInventoryConfigurations")]
    [InlineData("GET", "/b?inventory&id=x", "GetBucketInventoryConfiguration")]
    [InlineData("PUT", "/b/k?partNumber=1&uploadId=x", "UploadPart")]
    [InlineData("GET", "/b?list-type=2", "ListObjectsV2")]
    public async Task Other_parameters_mean_nothing(string method, string target, string operation)
    {
        await using var server = await TestServer.StartAsync();
        var table = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        Assert.Equal(operation, Find(table, method, target)!.Name);
    }

    [Theory]
    [InlineData("PUT", "/b?policyStatus", "MethodNotAllowed")]
    [InlineData("POST", "/b/k", "MethodNotAllowed")]
    [InlineData("PATCH", "/b/k", "MethodNotAllowed")]
    [InlineData("put", "/b/k", "MethodNotAllowed")]
    [InlineData("PUT", "/", "MethodNotAllowed")]
    [InlineData("GET", "/b/k?policy", "MethodNotAllowed")]
    [InlineData("GET", "/b?acl&policy", "InvalidArgument")]
    [InlineData("PUT", "/b/k?uploadId=x", "MethodNotAllowed")]
    [InlineData("PUT", "/b/k?partNumber=1", "InvalidArgument")]
    [InlineData("PUT", "/b/k?versionId=1", "InvalidArgument")]
    [InlineData("POST", "/b/k?uploads&versionId=1", "InvalidArgument")]
    [InlineData("GET", "/b?list-type=3", "InvalidArgument")]
    [InlineData("GET", "/b/k?uploads", "InvalidRequest")]
    [InlineData("GET", "/b/k?versions", "InvalidRequest")]
    public async Task What_no_row_describes_is_refused(string method, string target, string code)
    {
        await using var server = await TestServer.StartAsync();
        var table = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        var refusal = Assert.Throws<S3Exception>(() => table.Find(method, Parser.Parse(target, "h"), new HeaderDictionary()));
        Assert.Equal(code, refusal.Error.Code);
    }

    [Theory]
    [InlineData("GET", "/b", 400)]
    [InlineData("GET", "/b/k", 400)]
    [InlineData("HEAD", "/b/k", 400)]
    [InlineData("DELETE", "/b/k", 400)]
    [InlineData("POST", "/b/k?uploadId=x", 400)]
    [InlineData("POST", "/b?uploadId=x", 400)]
    [InlineData("POST", "/b/k?uploads", null)]
    [InlineData("PUT", "/b/k", null)]
    public async Task A_copy_source_is_for_copies_alone(string method, string target, int? status)
    {
        await using var server = await TestServer.StartAsync();
        var table = (RouteTable)server.Host.Services.GetService(typeof(RouteTable))!;
        var headers = new HeaderDictionary { ["x-amz-copy-source"] = "b/k" };
        var refusal = Record.Exception(() => table.Find(method, Parser.Parse(target, "h"), headers)) as S3Exception;
        Assert.Equal((status, status is null ? null : "InvalidArgument"), (refusal?.Error.Status, refusal?.Error.Code));
    }

    [Fact]
    public async Task The_wrong_method_names_the_right_ones()
    {
        await using var server = await TestServer.StartAsync();
        var response = await server.Client.SignedAsync("PATCH", "/b?cors");
        Assert.Equal(405, response.Status);
        Assert.Equal("DELETE, GET, PUT", response.Header("Allow"));
        Assert.Equal("CORS", response.Element("ResourceType"));
    }

    private static Route? Find(RouteTable table, string method, string target)
    {
        try
        {
            return table.Find(method, Parser.Parse(target, "h"), new HeaderDictionary()).Route;
        }
        catch (S3Exception)
        {
            return null;
        }
    }

    private static RequestTarget TargetOf(Route route)
    {
        if (route.Target == RouteTarget.Account)
        {
            var headers = new HeaderDictionary { ["x-amz-account-id"] = "123456789012" };
            return AccountTarget.Of(Parser.Parse(AccountTarget.PublicAccessBlockPath, "h"), headers);
        }

        var path = route.Target switch { RouteTarget.Service => "/", RouteTarget.Bucket => "/b", _ => "/b/k" };
        var query = string.Join('&', new[]
        {
            route.SubResource,
            route.QueryName is null || route.QueryName == route.SubResource ? null : $"{route.QueryName}={route.QueryValue}",
        }.Where(part => part is not null));
        query = route.QueryName == route.SubResource && route.QueryValue is not null ? $"{route.QueryName}={route.QueryValue}" : query;
        return Parser.Parse($"{path}?{query}", "h");
    }

    private static HeaderDictionary HeadersOf(Route route)
    {
        var headers = new HeaderDictionary();
        if (route.HeaderName is { } name)
        {
            headers[name] = "x";
        }

        return headers;
    }
}
