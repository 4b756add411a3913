using System.Xml.Linq;
using Microsoft.Extensions.Logging.Abstractions;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>
/// <c>user</c>, <c>key</c> and <c>policy</c>: actions of the IAM API, done as the root of an account on the store itself. A data folder that
/// a server has open is that server's: AWS's tools administer it there.
/// </summary>
internal static class IdentityVerb
{
    private static readonly string[] Words = ["user", "key", "policy"];

    /// <summary>Whether it is one of these verbs'; <paramref name="rest"/> begins with what is to be done.</summary>
    public static bool Knows(string word, IReadOnlyList<string> rest) =>
        Words.Contains(word) && (word != "key" || (rest.Count > 0 && IdentityCommands.Find($"key {rest[0]}") is not null));

    public static async Task<int> RunAsync(string word, IReadOnlyList<string> arguments, TextWriter output)
    {
        var command = IdentityCommands.Find($"{word} {(arguments.Count > 0 ? arguments[0] : "")}")
            ?? throw new ConfigurationException($"\"{word}\" needs to be told what to do:\n{IdentityCommands.Help(word)}");
        var given = IdentityArguments.Parse(command, [.. arguments.Skip(1)]);
        var options = ServerOptionsBinder.Bind(SettingValues.Load(given.Settings, Environment.GetEnvironmentVariables()));
        await using var store = await OpenedStore.OpenAsync(options, NullLoggerFactory.Instance, Console.Error.WriteLine, CancellationToken.None);
        await using var services = Compose(store.Seams.Catalog, options);
        var account = await AccountAsync(store.Seams.Catalog, options.AccountId, given.AccountId);
        given.NamePolicy(account.AccountId);
        var request = new QueryRequest(given.Parameters, Identity.Root(account.AccountId, account.CanonicalId), TimeProvider.System.GetUtcNow());
        try
        {
            var action = IdentityServices.Iam(services).Find(command.Action)!;
            foreach (var line in (await action.ExecuteAsync(request, CancellationToken.None)).SelectMany(Lines))
            {
                await output.WriteLineAsync(line);
            }

            return 0;
        }
        catch (QueryException failure)
        {
            await Console.Error.WriteLineAsync($"{failure.Code}: {failure.Message}");
            return 1;
        }
    }

    private static ServiceProvider Compose(ICatalog catalog, ServerOptions options)
    {
        var services = new ServiceCollection();
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton<AccountStore>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton<KeyUseStore>();
        services.AddSingleton(new SignatureOptions { Region = options.Region });
        IdentityServices.Add(services);
        return services.BuildServiceProvider();
    }

    /// <summary>The account that is meant; the store's first is made where there is none yet.</summary>
    private static async Task<AccountRecord> AccountAsync(ICatalog catalog, string? first, string? accountId)
    {
        var facts = await AccountFacts.LoadAsync(catalog, first, CancellationToken.None);
        await facts.RecordAsync(catalog, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return await new AccountStore(catalog).FindAsync(accountId ?? facts.AccountId, CancellationToken.None)
            ?? throw new ConfigurationException($"There is no account {accountId}: \"account list\" lists them.");
    }

    /// <summary>An entity line by line, a list with a line per member.</summary>
    private static IEnumerable<string> Lines(XElement element)
    {
        if (!element.HasElements)
        {
            var isNothing = element.Value.Length == 0 || (element.Name.LocalName == "IsTruncated" && element.Value == "false");
            return isNothing ? [] : [Line(element)];
        }

        return element.Elements().All(child => child.Name.LocalName == "member")
            ? element.Elements().Select(member => member.HasElements ? string.Join("  ", member.Elements().Where(IsLeaf).Select(child => child.Value)) : member.Value)
            : element.Elements().SelectMany(Lines);
    }

    private static string Line(XElement element)
    {
        var text = element.Name.LocalName == "Document" ? Uri.UnescapeDataString(element.Value) : element.Value;
        return $"{element.Name.LocalName,-16} {text}";
    }

    private static bool IsLeaf(XElement element) => !element.HasElements;
}
