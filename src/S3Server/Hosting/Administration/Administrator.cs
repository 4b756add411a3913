using System.Xml.Linq;
using S3Cassandra.Auth.Credentials;
using S3Cassandra.S3Server.Hosting.Verbs;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.S3Server.Pipeline;
using S3Cassandra.S3Server.Telemetry;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>
/// Does what the verbs <c>user</c>, <c>key</c>, <c>group</c>, <c>policy</c> and <c>account</c> ask for, as the root of an account, and tells the audit log
/// of changes. In the verb's own process, or in the server that has the store open.
/// </summary>
/// <param name="firstAccountId">The account that the store was made with.</param>
/// <param name="changed">Called after a change, for what this process remembers.</param>
/// <param name="accounts">The accounts.</param>
/// <param name="commands">What is done to accounts.</param>
/// <param name="iam">The actions of the IAM API.</param>
/// <param name="audit">Is told of changes.</param>
/// <param name="time">The clock.</param>
internal sealed class Administrator(
    string firstAccountId, Action changed, AccountStore accounts, AccountCommands commands, QueryService iam, AuditLog audit, TimeProvider time)
{
    private const string Marker = "Marker";
    private const string PageSize = "1000";

    /// <summary>Does it.</summary>
    public async Task<AdministrationAnswer> DoAsync(AdministrationRequest request, CancellationToken cancellationToken)
    {
        var accountId = request.AccountId ?? firstAccountId;
        if (await accounts.FindAsync(accountId, cancellationToken) is not { } account)
        {
            return AdministrationAnswer.Refused($"There is no account {accountId}: \"account list\" lists them.");
        }

        var root = Identity.Root(account.AccountId, account.CanonicalId);
        return request.Verb switch
        {
            AccountCommands.List => await commands.ListAsync(cancellationToken),
            AccountCommands.Create => await CreateAccountAsync(request, root, cancellationToken),
            _ when IdentityCommands.Find(request.Verb) is { } command => await DoAsync(command, request, root, cancellationToken),
            _ => AdministrationAnswer.Refused($"\"{request.Verb}\" is nothing that this version knows."),
        };
    }

    private async Task<AdministrationAnswer> CreateAccountAsync(AdministrationRequest request, Identity root, CancellationToken cancellationToken)
    {
        var answer = await commands.CreateAsync(request.Parameters.GetValueOrDefault(AccountCommands.NameParameter, ""), cancellationToken);
        if (answer.Error is null)
        {
            Tell(AccountCommands.CreateAction, root, null, request.Parameters);
        }

        return answer;
    }

    private async Task<AdministrationAnswer> DoAsync(
        IdentityCommand command, AdministrationRequest wanted, Identity root, CancellationToken cancellationToken)
    {
        IdentityArguments.NamePolicy(wanted.Parameters, root.AccountId);
        var action = iam.Find(command.Action)!;
        string? resource = null;
        try
        {
            var lines = new List<string>();
            var parameters = new Dictionary<string, string>(wanted.Parameters, StringComparer.Ordinal) { ["MaxItems"] = PageSize };
            var request = new QueryRequest(parameters, root, time.GetUtcNow());
            resource = (await action.TargetAsync(request, cancellationToken)).Arn;
            do
            {
                var result = await action.ExecuteAsync(request, cancellationToken);
                lines.AddRange(result.Where(element => element.Name.LocalName is not (Marker or "IsTruncated")).SelectMany(Lines));
                parameters[Marker] = result.FirstOrDefault(element => element.Name.LocalName == Marker)?.Value ?? "";
            }
            while (parameters[Marker].Length > 0);

            Tell(command.Action, root, resource, wanted.Parameters);
            return new AdministrationAnswer(lines, null);
        }
        catch (QueryException failure)
        {
            if (failure.Status >= StatusCodes.Status500InternalServerError)
            {
                Tell(command.Action, root, resource, wanted.Parameters, failure);
            }

            return AdministrationAnswer.Refused($"{failure.Code}: {failure.Message}");
        }
        finally
        {
            changed();
        }
    }

    /// <summary>Tells the audit log of a change, or of one of which nobody knows whether it took effect.</summary>
    private void Tell(
        string action, Identity root, string? resource, IReadOnlyDictionary<string, string> parameters, QueryException? unsettled = null)
    {
        if (Auditor.IsAdministration(action))
        {
            audit.Write(new AuditEntry
            {
                Event = AuditEvent.Change,
                Time = time.GetUtcNow(),
                RequestId = RequestId.Next(),
                Principal = root.PrincipalArn,
                Operation = action,
                Resource = resource,
                Parameters = Auditor.Named(parameters),
                Status = unsettled?.Status ?? StatusCodes.Status200OK,
                ErrorCode = unsettled?.Code,
            });
        }
    }

    /// <summary>An entity line by line, a list with a line per member.</summary>
    private static IEnumerable<string> Lines(XElement element)
    {
        if (!element.HasElements)
        {
            return element.Value.Length == 0 ? [] : [Line(element)];
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
