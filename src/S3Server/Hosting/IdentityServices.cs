using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.S3Server.Operations.Sts;
using S3Cassandra.Storage.Identities;

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
        services.AddSingleton<IamRoles>();
        services.AddSingleton<IamProviders>();
        services.AddSingleton<NamedPrincipals>();
        services.AddSingleton<TrustPolicies>();
        services.AddSingleton<RoleActions>();
        services.AddSingleton<IamActions>();
        AddSessions(services);
        services.AddSingleton(provider => new QueryServices(
            [provider.GetRequiredService<IamActions>().Service, provider.GetRequiredService<StsActions>().Service]));
    }

    private static void AddSessions(IServiceCollection services)
    {
        services.AddSingleton<SessionKeyStore>();
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<SessionPrincipals>();
        services.AddSingleton<OutboundClient>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<FirstAccount>();
        services.AddSingleton<AssumableRoles>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<SessionIssuer>();
        services.AddSingleton<WebIdentityReader>();
        services.AddSingleton<StsActions>();
    }
}
