using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests.Rules;

/// <summary>Nothing blocks a thread on a task: no .Result, .Wait(), .GetAwaiter().GetResult(), no async void, no sleeping.</summary>
internal static class AsyncRules
{
    /// <param name="source">What is checked.</param>
    /// <param name="enums">The enumerations that have a member named Result, by name: naming it blocks nothing.</param>
    public static IEnumerable<string> Check(SourceFile source, IReadOnlySet<string>? enums = null)
    {
        foreach (var access in source.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            if (Fault(access) is { } fault && !IsMemberOf(enums, access))
            {
                yield return $"{source.At(access.Name.Span)}: {fault}";
            }
        }

        foreach (var method in source.Root.DescendantNodes().OfType<MethodDeclarationSyntax>())
        {
            if (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType))
            {
                yield return $"{source.At(method.Identifier.Span)}: async void";
            }
        }

        foreach (var function in source.Root.DescendantNodes().OfType<LocalFunctionStatementSyntax>())
        {
            if (function.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(function.ReturnType))
            {
                yield return $"{source.At(function.Identifier.Span)}: async void";
            }
        }
    }

    /// <summary>The names of enumerations with a member that reads like a task's Result.</summary>
    public static IReadOnlySet<string> EnumsWithResult(IEnumerable<SourceFile> sources) => sources
        .SelectMany(source => source.Root.DescendantNodes().OfType<EnumDeclarationSyntax>())
        .Where(declared => declared.Members.Any(member => member.Identifier.ValueText == "Result"))
        .Select(declared => declared.Identifier.ValueText)
        .ToHashSet();

    private static bool IsMemberOf(IReadOnlySet<string>? enums, MemberAccessExpressionSyntax access) =>
        access.Name.Identifier.ValueText == "Result" && enums is not null && access.Expression switch
        {
            IdentifierNameSyntax name => enums.Contains(name.Identifier.ValueText),
            _ => false,
        };

    private static string? Fault(MemberAccessExpressionSyntax access)
    {
        var called = access.Parent is InvocationExpressionSyntax invocation && invocation.Expression == access;
        return access.Name.Identifier.ValueText switch
        {
            "Result" when !called && !IsCompleted(access) && !IsOpcode(access) => "blocks on a task's Result (or a member that reads like it)",
            "Wait" when called && access.Expression.ToString() is not ("Monitor" or "Interlocked") => "blocks in Wait",
            "WaitAll" or "WaitAny" when called && access.Expression.ToString() == "Task" => "blocks on tasks",
            "GetResult" when called && access.Expression is InvocationExpressionSyntax => "blocks in GetAwaiter().GetResult()",
            "Sleep" when called && access.Expression.ToString() == "Thread" && !IsForEver(access) => "sleeps",
            _ => null,
        };
    }

    /// <summary>The result of a task that was just seen to be complete is there: <c>task.IsCompletedSuccessfully ? task.Result : …</c>.</summary>
    private static bool IsCompleted(MemberAccessExpressionSyntax access) => access.Ancestors()
        .OfType<ConditionalExpressionSyntax>()
        .Any(conditional => conditional.Condition.ToString() == $"{access.Expression}.IsCompletedSuccessfully");

    /// <summary>RESULT, a message of Cassandra's protocol.</summary>
    private static bool IsOpcode(MemberAccessExpressionSyntax access) => access.Expression.ToString().EndsWith("Opcode", StringComparison.Ordinal);

    /// <summary>A thread that waits for its process to end does not wait for anything else.</summary>
    private static bool IsForEver(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax { ArgumentList.Arguments: [var argument] } && argument.ToString() == "Timeout.Infinite";

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
}
