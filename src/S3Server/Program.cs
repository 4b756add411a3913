using S3Cassandra.S3Server.Configuration;
using S3Cassandra.S3Server.Hosting.Verbs;
using S3Cassandra.Storage;

var output = Console.Out;
var verb = args.Length > 0 && !args[0].StartsWith('-') ? args[0] : "serve";
IReadOnlyList<string> rest = args.Length > 0 && args[0] == verb ? args[1..] : args;
var isHelp = rest.Any(argument => argument is "--help" or "-h");
try
{
    switch (verb)
    {
        case "help":
            await output.WriteLineAsync(HelpText.Program);
            return 0;
        case "serve" when isHelp && args[0] != verb:
            await output.WriteLineAsync(HelpText.Program);
            return 0;
        case "serve" when isHelp:
            await output.WriteLineAsync(HelpText.Serve);
            return 0;
        case "serve":
            return await ServeVerb.RunAsync(rest, output);
        case "fsck" when isHelp:
            await output.WriteLineAsync(HelpText.Fsck);
            return 0;
        case "fsck":
            return await FsckVerb.RunAsync(rest, output);
        case "key" when isHelp:
            await output.WriteLineAsync(HelpText.Key);
            return 0;
        case "user" or "group" or "policy" or "account" when isHelp:
            await output.WriteLineAsync(verb == "account" ? HelpText.Account : HelpText.Identity(verb));
            return 0;
        case "user" or "group" or "policy" or "key" when IdentityVerb.Knows(verb, rest):
            return await IdentityVerb.RunAsync(verb, rest, output);
        case "account":
            return await AccountVerb.RunAsync(rest, output);
        case "key":
            return await KeyVerb.RunAsync(rest, output);
        case "schema" when isHelp:
            await output.WriteLineAsync(HelpText.Schema);
            return 0;
        case "schema":
            return await SchemaVerb.RunAsync(rest, output);
        case "status" when isHelp:
            await output.WriteLineAsync(HelpText.Status);
            return 0;
        case "status":
            return await StatusVerb.RunAsync(rest, output);
        case "version":
            await output.WriteLineAsync(isHelp ? HelpText.Version : ProgramVersion.Text);
            return 0;
        default:
            throw new ConfigurationException($"\"{verb}\" is not a verb. There are serve, fsck, key, user, group, policy, account, schema, status and version.");
    }
}
catch (Exception failure) when (failure is ConfigurationException or StoreUnavailableException or CorruptDataException or IOException)
{
    await Console.Error.WriteLineAsync("S3Cassandra: " + failure.Message);
    return 2;
}
