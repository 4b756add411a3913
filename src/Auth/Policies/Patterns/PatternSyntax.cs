namespace S3Cassandra.Auth.Policies.Patterns;

/// <summary>What is special in a text of a policy.</summary>
[Flags]
public enum PatternSyntax
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>*</c> and <c>?</c>.</summary>
    Wildcards = 1,

    /// <summary><c>${key}</c>, <c>${key, 'default'}</c>, <c>${*}</c>, <c>${?}</c>, <c>${$}</c>: policies of version 2012-10-17.</summary>
    Variables = 2,
}
