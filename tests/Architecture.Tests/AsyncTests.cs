using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class AsyncTests
{
    [Fact]
    public void Nothing_blocks_on_a_task()
    {
        var enums = AsyncRules.EnumsWithResult(Repository.Sources);
        Findings.None(Repository.Sources.SelectMany(source => AsyncRules.Check(source, enums)));
    }

    [Fact]
    public void A_member_of_an_enumeration_is_no_task()
    {
        var source = SourceFile.Parse(
            "src/Cql/A.cs", "enum Opcode { Result } class A { Opcode M(Task<int> task) { var x = task.Result; return Opcode.Result; } }");
        Findings.One("Result", AsyncRules.Check(source, AsyncRules.EnumsWithResult([source])));
    }

    [Theory]
    [InlineData("var x = task.Result;", "Result")]
    [InlineData("task.Wait();", "Wait")]
    [InlineData("_gate.Wait(token);", "Wait")]
    [InlineData("Task.WaitAll(a, b);", "blocks on tasks")]
    [InlineData("task.GetAwaiter().GetResult();", "GetResult")]
    [InlineData("task.ConfigureAwait(false).GetAwaiter().GetResult();", "GetResult")]
    [InlineData("Thread.Sleep(5);", "sleeps")]
    [InlineData("async void Local() { }", "async void")]
    public void What_blocks_is_found(string statement, string expected) =>
        Findings.One(expected, AsyncRules.Check(SourceFile.Parse("src/Storage/A.cs", $"class A {{ void M() {{ {statement} }} }}")));

    [Fact]
    public void An_async_void_method_is_found() =>
        Findings.One("async void", AsyncRules.Check(SourceFile.Parse("src/Storage/A.cs", "class A { async void M() { } }")));

    [Theory]
    [InlineData("Task.FromResult(5);")]
    [InlineData("Monitor.Wait(gate);")]
    [InlineData("await source.Task;")]
    [InlineData("var x = task.IsCompletedSuccessfully ? task.Result : 5;")]
    [InlineData("Thread.Sleep(Timeout.Infinite);")]
    public void What_does_not_block_is_not(string statement) =>
        Findings.None(AsyncRules.Check(SourceFile.Parse("src/Storage/A.cs", $"class A {{ async Task M() {{ {statement} }} }}")));
}
