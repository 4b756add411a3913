using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting.Verbs;

/// <summary>What <c>--help</c> prints.</summary>
internal static class HelpText
{
    public static string Program => """
        S3Cassandra, an S3-compatible object store.

          serve      serve S3 (the default)
          fsck       check a store: a data folder that no server has open, or one in Cassandra
          key        print or replace the root access key; users' keys
          user       users, without AWS's tools
          group      groups of users, their members and policies
          policy     managed policies, and whom they are attached to
          account    accounts beside the first
          schema     install, upgrade or look at the tables in Cassandra
          status     what a store in Cassandra looks like: nodes, servers, shards, garbage
          version    print the version

        Each has --help.
        """;

    public static string Serve => $"""
        serve [SETTINGS]: serve S3 until SIGTERM.

        {Table(Settings.All)}

          --config FILE  settings from a JSON file: its properties have the names above, without hyphens before them

        Each setting is also an environment variable ({Settings.Named(Settings.Data)!.EnvironmentName} for --data). Flags win over the
        environment, the environment over the file.
        """;

    public static string Fsck => $"""
        fsck [--data DIR] [--quick] [--repair]: check that every reference resolves, checksums hold and nothing is orphaned.
        fsck --cassandra HOST[:PORT] [--keyspace s3] [--quick] [--repair] [--resume FILE]: the same of a store in Cassandra.

        Ends with 0 when all is well, 1 when something was found, 2 when it could not run. --quick looks
        whether everything is there without reading it. --repair frees orphans; it never removes an object that can be read. Of a data
        folder the server must not be running.

        In Cassandra servers may go on. Rows are walked through bucket by bucket, blobs by ranges of tokens; --repair names orphans as
        suspects, which the servers' sweepers free within hours. With --resume it keeps its place in FILE, goes on there when it was broken
        off, and removes FILE at its end.
        """;

    public static string Key => $"""
        key show: print the root access key, from the environment or the store.
        key rotate: make another root access key and print it. Servers that run take it within two seconds, and refuse the old one. A key
          that the settings give is changed there.
        {IdentityCommands.Help("key")}

        {Where}
        """;

    public static string Account => $"""
          account create NAME  makes an account: its root's key is shown this once
          account list         lists the accounts: id, canonical id, when it was made, name

        {Where}
        """;

    public static string Identity(string word) => $"""
        {IdentityCommands.Help(word)}

        {Where}
        """;

    public static string Schema => """
        schema install --cassandra HOST[:PORT] --replication DC=N[,DC=N] [--keyspace s3] [--allow-single-replica]
        schema status  --cassandra HOST[:PORT] [--keyspace s3]
        schema upgrade --cassandra HOST[:PORT] [--keyspace s3]

        install makes the keyspace and its tables; the first data centre of --replication is home, where servers write. It waits up to
        5 minutes for a cluster that answers and for as many nodes as there are to be replicas, may run again and at the same time as others,
        and refuses a single replica among several nodes unless --allow-single-replica says so. upgrade adds what is new; servers of the
        version before run on. status changes nothing.

        Ends with 0 when the schema is as this program wants it, 1 when it refused, 2 when it could not run, and else says what to do:
        3 install it, 4 upgrade it, 5 it is newer by one version and can be used, 6 it is too new, 7 columns are not what they should be.

        --cassandra-user, --cassandra-password, --cassandra-tls and the others are those of "serve --help".
        """;

    public static string Status => """
        status --cassandra HOST[:PORT] [--keyspace s3]: the nodes of the cluster, the servers that run, shards being replaced, garbage that waits.

        Ends with 0 when all is well, 1 when something wants to be looked at (lines that begin with "!"), 2 when it could not look.
        """;

    public static string Version => "version: print the version.";

    private static string Where => """
        The store is that of --data DIR, which a server may have open: then that server does it; or of --cassandra HOST[:PORT] with --keyspace NAME.
        --account ID names an account beside the first. Changes are told to --audit-log FILE, and by a server that does them to its own.
        """;

    private static string Table(IReadOnlyList<Setting> settings)
    {
        var width = settings.Max(setting => setting.Name.Length + setting.Value.Length + 3);
        return string.Join('\n', settings.Select(setting => $"  {$"--{setting.Name} {setting.Value}".PadRight(width)}  {setting.Description}"));
    }
}
