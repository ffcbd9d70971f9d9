using System.Text.Json.Nodes;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

/// <summary>A statement that refers to another is found by what that one is found by.</summary>
public sealed class ReferenceTests : XapiFixture
{
    private const string Commented = "https://example.org/verbs/commented";

    private static string Learner => Escaped(Statements.Statement(0)["actor"]!.ToJsonString());

    [TestCase(1, 2)]
    [TestCase(2, 1)]
    public async Task WhicheverOfTheTwoComesFirstAsync(params int[] order)
    {
        JsonObject[] statements = [Statements.Statement(1), Reference(2, 1)];
        foreach (int number in order)
        {
            await Server.StoreAsync(statements[number - 1].DeepClone());
        }

        string[] found = await Server.FindAsync($"agent={Learner}&verb={Escaped(Statements.Viewed)}");
        Assert.That(found, Is.EquivalentTo(new[] { Statements.Id(1), Statements.Id(2) }));
    }

    [Test]
    public async Task AlongAChainInAnyOrderAsync()
    {
        await Server.StoreAsync(Reference(3, 2));
        await Server.StoreAsync(Statements.Statement(1));
        await Server.StoreAsync(Reference(2, 1));
        await Server.StoreAsync(Reference(4, 3));
        Assert.That(await Server.FindAsync($"verb={Escaped(Statements.Viewed)}"), Has.Length.EqualTo(4));
    }

    [Test]
    public async Task AllFiltersHoldForOneOfTheTwoAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        await Server.StoreAsync(Reference(2, 1));
        string tutor = Escaped(Reference(0, 0)["actor"]!.ToJsonString());
        Assert.That(
            await Server.FindAsync($"agent={tutor}&verb={Escaped(Statements.Viewed)}"), Is.Empty,
            "the tutor is in the one and the verb in the other");
        Assert.That(await Server.FindAsync($"agent={tutor}&verb={Escaped(Commented)}"), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task TwoThatReferToEachOtherEndAsync()
    {
        await Server.StoreAsync(Reference(1, 2));
        await Server.StoreAsync(Reference(2, 1));
        await Server.StoreAsync(Reference(3, 3));
        Assert.That(await Server.FindAsync($"verb={Escaped(Commented)}"), Has.Length.EqualTo(3));
    }

    private static JsonObject Reference(int number, int target)
    {
        JsonObject statement = Statements.Statement(number, "tutor", Commented);
        statement["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(target) };
        return statement;
    }
}
