using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;

namespace Ledger.Node.Tests.Records.Backends;

/// <summary>
/// What a rule lets through, every database keeps: texts of the greatest length, which no compression shortens, and
/// every character but the one that is refused.
/// </summary>
[TestFixture(StoreKind.Sqlite)]
[TestFixture(StoreKind.Postgres)]
public sealed class KeyLimitTests(StoreKind kind) : StoreFixture(kind)
{
    [Test]
    public void TheLongestActivityVerbActorAndNameAreKept()
    {
        const string HomePage = "https://lms.example.org/";
        int nameBytes = KeyLimits.ActorBytesMax - HomePage.Length - 1;
        JsonObject statement = Statements.Statement(1);
        statement["actor"]!["account"] = Account(HomePage, Text(nameBytes));
        statement["actor"]!["name"] = Text(KeyLimits.NameBytesMax);
        statement["verb"]!["id"] = Iri(KeyLimits.IriBytesMax);
        statement["object"]!["id"] = Iri(KeyLimits.IriBytesMax);
        statement["object"]!["definition"] = new JsonObject { ["name"] = new JsonObject { ["en"] = "One" } };
        Assert.That(Store.AddAll([Statements.Read(statement.ToJsonString())], "moodle").Added, Is.EqualTo(1));
        Assert.That(Store.Names(ActorKey.OfAccount(HomePage, Text(nameBytes)), 9), Has.Count.EqualTo(1));
        Assert.That(Store.Definition(Iri(KeyLimits.IriBytesMax)), Is.Not.Null);
    }

    [Test]
    public void OneByteMoreIsRefusedByItsPath()
    {
        Expect("/actor", KeyLimits.Rule, one =>
            one["actor"]!["account"] = Account("https://a.example/", Text(KeyLimits.ActorBytesMax)));
        Expect("/actor/name", KeyLimits.Rule, one => one["actor"]!["name"] = Text(KeyLimits.NameBytesMax + 1));
        Expect("/verb/id", KeyLimits.Rule, one => one["verb"]!["id"] = Iri(KeyLimits.IriBytesMax + 1));
        Expect("/object/id", KeyLimits.Rule, one => one["object"]!["id"] = Iri(KeyLimits.IriBytesMax + 1));
        Expect("/object/id", KeyLimits.Rule, one =>
            one["object"]!["id"] = "https://a.example/" + string.Concat(Enumerable.Repeat("\u5b66", 700)));
    }

    [Test]
    public void TheCharacterThatNoDatabaseKeepsIsRefusedAndTheOthersAreKept()
    {
        Expect("/actor/name", "control-character", one => one["actor"]!["name"] = "Ann\0Lee");
        JsonObject statement = Statements.Statement(1);
        statement["actor"]!["name"] = "Ann\u0001\n\u001f\ufffe\U0010ffff Lee";
        Assert.That(Store.AddAll([Statements.Read(statement.ToJsonString())], "moodle").Added, Is.EqualTo(1));
    }

    [Test]
    public void ACaliperActorWithoutAnIriHoldsNoControlCharacter()
    {
        JsonObject learningEvent = JsonNode.Parse(Statements.Caliper)!.AsObject();
        learningEvent["actor"]!["id"] = "_:ann\0";
        RecordFormatException refusal = Assert.Throws<RecordFormatException>(
            () => Statements.Read(learningEvent.ToJsonString(), RecordType.CaliperEvent))!;
        Assert.That((refusal.Path, refusal.Rule), Is.EqualTo(("/actor/id", "control-character")));
    }

    [Test]
    public void TheLongestAddressOfADocumentIsKept()
    {
        DocumentScope scope = new(
            DocumentKind.State, Iri(1_000), Text(1_000), Statements.Id(1), HasRegistration: true);
        string id = Text(KeyLimits.DocumentBytesMax - 2_000);
        Assert.DoesNotThrow(() => KeyLimits.Document("?stateId", scope.Activity, scope.Agent, id));
        Store.Documents.Change(scope, id, static _ => new DocumentChange.Keep("text/plain", new byte[] { 1 }));
        Assert.That(Store.Documents.Find(scope, id), Is.Not.Null);
        RecordFormatException refusal = Assert.Throws<RecordFormatException>(
            () => KeyLimits.Document("?stateId", scope.Activity, scope.Agent, id + "x"))!;
        Assert.That((refusal.Path, refusal.Rule), Is.EqualTo(("?stateId", KeyLimits.Rule)));
    }

    private static void Expect(string path, string rule, Action<JsonObject> spoil)
    {
        JsonObject statement = Statements.Statement(1);
        spoil(statement);
        RecordFormatException refusal =
            Assert.Throws<RecordFormatException>(() => Statements.Read(statement.ToJsonString()))!;
        Assert.That((refusal.Path, refusal.Rule), Is.EqualTo((path, rule)));
    }

    private static JsonObject Account(string homePage, string name) =>
        new() { ["homePage"] = homePage, ["name"] = name };

    private static string Iri(int bytes) => "https://a.example/" + Text(bytes - "https://a.example/".Length);

    // The same text each time, in which nothing repeats.
    private static string Text(int bytes)
    {
        Random random = new(bytes);
        return new string([.. Enumerable.Range(0, bytes).Select(
            _ => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"[random.Next(64)])]);
    }
}
