using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Accounts;
using S3Cassandra.Storage.Buckets;

namespace S3Cassandra.S3Server.Routing.Routes;

/// <summary>What there is of S3 Control: the public access block of a whole account.</summary>
internal static class AccountRoutes
{
    public static IReadOnlyList<Route> All { get; } =
    [
        Route.Of("GetAccountPublicAccessBlock", "GET", RouteTarget.Account, s => new GetAccountPublicAccessBlock(Blocks(s))),
        Route.Of("PutAccountPublicAccessBlock", "PUT", RouteTarget.Account, s => new PutAccountPublicAccessBlock(Blocks(s))),
        Route.Of("DeleteAccountPublicAccessBlock", "DELETE", RouteTarget.Account, s => new DeleteAccountPublicAccessBlock(Blocks(s))),
    ];

    private static AccountPublicAccessBlocks Blocks(IServiceProvider services) => services.GetRequiredService<AccountPublicAccessBlocks>();
}
