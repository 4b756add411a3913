namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>The commands that administer users, keys, groups and policies without AWS's tools.</summary>
internal static class IdentityCommands
{
    private const string User = "user:UserName";
    private const string Needed = "user:UserName!";

    public static IReadOnlyList<IdentityCommand> All { get; } =
    [
        new("user create", "CreateUser", ["UserName"], ["path:Path", "boundary:PermissionsBoundary"], "makes a user, who may do nothing yet"),
        new("user list", "ListUsers", [], ["path:PathPrefix"], "lists the users"),
        new("user show", "GetUser", ["UserName"], [], "shows a user"),
        new("user delete", "DeleteUser", ["UserName"], [], "removes a user that has no keys, policies and groups left"),
        new("key create", "CreateAccessKey", [], [User], "makes a key for a user, or without one for the account's root; its secret is shown this once"),
        new("key list", "ListAccessKeys", [], [User], "lists the keys of a user, or those made for the root"),
        new("key disable", "UpdateAccessKey", ["AccessKeyId"], [User], "refuses a key until it is enabled again") { Fixed = ("Status", "Inactive") },
        new("key enable", "UpdateAccessKey", ["AccessKeyId"], [User], "lets a key in again") { Fixed = ("Status", "Active") },
        new("key delete", "DeleteAccessKey", ["AccessKeyId"], [User], "removes a key for good"),
        new("group create", "CreateGroup", ["GroupName"], ["path:Path"], "makes a group, whose members may do nothing more yet"),
        new("group list", "ListGroups", [], ["path:PathPrefix"], "lists the groups"),
        new("group show", "GetGroup", ["GroupName"], [], "shows a group and who is in it"),
        new("group delete", "DeleteGroup", ["GroupName"], [], "removes a group that has no members and policies left"),
        new("group add", "AddUserToGroup", ["GroupName", "UserName"], [], "puts a user into a group"),
        new("group remove", "RemoveUserFromGroup", ["GroupName", "UserName"], [], "takes a user out of a group"),
        new("group attach", "AttachGroupPolicy", ["GroupName", "PolicyArn"], [], "attaches a managed policy, by its ARN or name, to a group"),
        new("group detach", "DetachGroupPolicy", ["GroupName", "PolicyArn"], [], "detaches it"),
        new("group attached", "ListAttachedGroupPolicies", ["GroupName"], [], "lists what is attached to a group"),
        new("policy create", "CreatePolicy", ["PolicyName", "@PolicyDocument"], ["path:Path", "description:Description"], "makes a managed policy of a file's JSON"),
        new("policy list", "ListPolicies", [], ["scope:Scope"], "lists the managed policies, AWS's included; scope is All, AWS or Local"),
        new("policy show", "GetPolicyVersion", ["PolicyArn"], ["version:VersionId!"], "shows a version of a managed policy"),
        new("policy delete", "DeletePolicy", ["PolicyArn"], [], "removes a managed policy that is attached to nobody"),
        new("policy attach", "AttachUserPolicy", ["PolicyArn"], [Needed], "attaches a managed policy, by its ARN or name, to a user"),
        new("policy detach", "DetachUserPolicy", ["PolicyArn"], [Needed], "detaches it"),
        new("policy attached", "ListAttachedUserPolicies", [], [Needed], "lists what is attached to a user"),
    ];

    public static IdentityCommand? Find(string verb) => All.FirstOrDefault(command => command.Verb == verb);

    /// <summary>The help of those that begin with a word.</summary>
    public static string Help(string word)
    {
        var commands = All.Where(command => command.Verb.StartsWith(word + " ", StringComparison.Ordinal)).ToList();
        var width = commands.Max(command => command.Usage.Length);
        return string.Join('\n', commands.Select(command => $"  {command.Usage.PadRight(width)}  {command.Summary}"));
    }
}
