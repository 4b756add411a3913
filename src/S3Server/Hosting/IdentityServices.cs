using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Hosting;

/// <summary>Who there is and what they may do, and the APIs that administer it.</summary>
internal static class IdentityServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Accounts>();
        services.AddSingleton<CompiledPolicies>();
        services.AddSingleton<PrincipalPolicyResolver>();
        services.AddSingleton<IamUsers>();
        services.AddSingleton<IamPolicies>();
        services.AddSingleton<KeyOwners>();
        services.AddSingleton<IamActions>();
        services.AddSingleton(provider => new QueryServices([provider.GetRequiredService<IamActions>().Service]));
    }
}
