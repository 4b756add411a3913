namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>A command of the verbs <c>user</c>, <c>key</c>, <c>group</c> and <c>policy</c>, and the action of the IAM API that does it.</summary>
/// <param name="Verb">What follows the program's name: <c>user create</c>.</param>
/// <param name="Action">The action's name.</param>
/// <param name="Operands">The parameters that are given in order; one that begins with @ is a file's content.</param>
/// <param name="Flags">Parameters that are given by flags, as FLAG:Parameter; one that has to be given ends with an exclamation mark.</param>
/// <param name="Summary">What it does.</param>
internal sealed record IdentityCommand(string Verb, string Action, string[] Operands, string[] Flags, string Summary)
{
    /// <summary>A parameter that goes without saying.</summary>
    public (string Name, string Value)? Fixed { get; init; }

    /// <summary>The command as help shows it.</summary>
    public string Usage
    {
        get
        {
            var operands = Operands.Select(operand => operand[0] == '@' ? "FILE" : operand);
            var flags = Flags.Select(flag => (Text: $"--{flag.TrimEnd('!').Split(':')[0]} {flag.TrimEnd('!').Split(':')[1]}", IsNeeded: flag.EndsWith('!')))
                .Select(flag => flag.IsNeeded ? flag.Text : $"[{flag.Text}]");
            return string.Join(' ', [Verb, .. operands, .. flags]);
        }
    }
}
