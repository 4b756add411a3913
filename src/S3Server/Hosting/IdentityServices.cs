using S3Cassandra.S3Server.Hosting.Administration;
using S3Cassandra.S3Server.Identities;
using S3Cassandra.S3Server.Operations.Iam;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.S3Server.Operations.Sts;
using S3Cassandra.S3Server.Telemetry;
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
        services.AddSingleton<KeyUses>();
        services.AddSingleton<IamPolicies>();
        services.AddSingleton<PolicyUses>();
        services.AddSingleton<RoleUses>();
        services.AddSingleton<AuthorizationDetails>();
        services.AddSingleton<SimulatedCaller>();
        services.AddSingleton<GroupMembers>();
        services.AddSingleton<UserRenaming>();
        services.AddSingleton<KeyOwners>();
        services.AddSingleton(provider => HolderKinds.Users(provider.GetRequiredService<IdentityStore>()));
        services.AddSingleton(provider => HolderKinds.Groups(provider.GetRequiredService<IdentityStore>()));
        services.AddSingleton<IamRoles>();
        services.AddSingleton<IamProviders>();
        services.AddSingleton<NamedPrincipals>();
        services.AddSingleton<TrustPolicies>();
        services.AddSingleton<RoleActions>();
        AddSessions(services);
        services.AddSingleton(provider => new QueryServices([Iam(provider), provider.GetRequiredService<StsActions>().Service]));
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

    /// <summary>What does the verbs' work.</summary>
    /// <param name="provider">What was added to.</param>
    /// <param name="firstAccountId">The account that the store was made with.</param>
    /// <param name="changed">Called after a change.</param>
    /// <param name="audit">Is told of changes.</param>
    public static Administrator Administrator(IServiceProvider provider, string firstAccountId, Action changed, AuditLog audit)
    {
        var (accounts, time) = (provider.GetRequiredService<AccountStore>(), provider.GetRequiredService<TimeProvider>());
        var commands = new AccountCommands(accounts, provider.GetRequiredService<IdentityStore>(), time);
        return new Administrator(firstAccountId, changed, accounts, commands, Iam(provider), audit, time);
    }

    public static QueryService Iam(IServiceProvider provider) => new("iam", "2010-05-08", IamDocument.Namespace, HasRegions: false)
    {
        Actions = [.. Make(IamActions.Types, provider), .. provider.GetRequiredService<RoleActions>().All],
    };

    private static IEnumerable<IQueryAction> Make(IEnumerable<Type> types, IServiceProvider provider) =>
        types.Select(type => (IQueryAction)ActivatorUtilities.CreateInstance(provider, type));
}
