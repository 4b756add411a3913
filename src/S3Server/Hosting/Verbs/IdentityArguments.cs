using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Identities;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>What follows a command of <see cref="IdentityCommands"/>: its operands, its flags, and settings that say where the store is.</summary>
/// <param name="Parameters">The action's parameters.</param>
/// <param name="AccountId">The account in question; null: the store's first.</param>
/// <param name="Settings">The rest.</param>
internal sealed record IdentityArguments(Dictionary<string, string> Parameters, string? AccountId, IReadOnlyList<string> Settings)
{
    private const string Account = "--account";

    /// <exception cref="ConfigurationException">Something is missing or too much.</exception>
    public static IdentityArguments Parse(IdentityCommand command, IReadOnlyList<string> arguments)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var settings = new List<string>();
        string? account = null;
        var operands = new Queue<string>(command.Operands);
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                var parameter = operands.TryDequeue(out var name) ? name : throw Wrong(command, $"\"{argument}\" is too much");
                parameters[parameter.TrimStart('@')] = parameter[0] == '@' ? ReadFile(argument) : argument;
                continue;
            }

            var flag = command.Flags.FirstOrDefault(flag => argument == $"--{flag.Split(':')[0]}");
            if (flag is null && argument != Account)
            {
                settings.Add(argument);
                if (!argument.Contains('=', StringComparison.Ordinal) && index + 1 < arguments.Count && !arguments[index + 1].StartsWith("--", StringComparison.Ordinal))
                {
                    settings.Add(arguments[++index]);
                }

                continue;
            }

            var value = ++index < arguments.Count ? arguments[index] : throw Wrong(command, $"{argument} needs a value");
            if (flag is null)
            {
                account = value;
            }
            else
            {
                parameters[flag.TrimEnd('!').Split(':')[1]] = value;
            }
        }

        Require(command, operands, parameters);
        return new IdentityArguments(parameters, account, settings);
    }

    /// <summary>A policy's name stands for its ARN: AWS's of that name, or the account's.</summary>
    public static void NamePolicy(Dictionary<string, string> parameters, string accountId)
    {
        const string Parameter = "PolicyArn";
        if (parameters.TryGetValue(Parameter, out var name) && !name.StartsWith("arn:", StringComparison.Ordinal))
        {
            var ofAws = $"arn:aws:iam::{AwsManagedPolicies.AccountId}:policy/{name}";
            parameters[Parameter] = AwsManagedPolicies.Find(ofAws) is null ? $"arn:aws:iam::{accountId}:policy/{name}" : ofAws;
        }
    }

    private static void Require(IdentityCommand command, Queue<string> operands, Dictionary<string, string> parameters)
    {
        if (operands.TryPeek(out var missing))
        {
            throw Wrong(command, $"{missing.TrimStart('@')} is missing");
        }

        foreach (var flag in command.Flags.Where(flag => flag.EndsWith('!')))
        {
            var (name, parameter) = (flag.Split(':')[0], flag.TrimEnd('!').Split(':')[1]);
            if (!parameters.ContainsKey(parameter))
            {
                throw Wrong(command, $"--{name} is missing");
            }
        }

        if (command.Fixed is { } given)
        {
            parameters[given.Name] = given.Value;
        }
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{path} cannot be read: {failure.Message}");
        }
    }

    private static ConfigurationException Wrong(IdentityCommand command, string what) => new($"{what}: {command.Usage}");
}
