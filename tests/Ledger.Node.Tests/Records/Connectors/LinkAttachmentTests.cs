using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Client.Records;
using Ledger.Node.Records;
using Ledger.Node.Records.Connectors;

namespace Ledger.Node.Tests.Records.Connectors;

/// <summary>Attachments travel with their statements, both ways; the other store is this one, on real HTTP.</summary>
public sealed class LinkAttachmentTests
{
    private static readonly XapiOptions Options =
        RecordServer.Options with { Credentials = [new XapiCredential("node", "other-secret")] };

    private static readonly byte[] Drawing = Encoding.UTF8.GetBytes("a drawing");
    private static readonly byte[] Essay = RandomNumberGenerator.GetBytes(300_000);

    [TestCase(XapiVersion.V1)]
    [TestCase(XapiVersion.V2)]
    public async Task WhatIsPulledBringsItsAttachmentsAsync(XapiVersion version)
    {
        await using RecordServer other = await RecordServer.StartAsync(Options);
        Keep(other.Store, version, Statements.Statement(1));
        Keep(other.Store, version, With(2, Drawing, Essay), Drawing, Essay);
        Keep(other.Store, version, With(3, Drawing), Drawing);
        using LinkRig rig = new(LinkKind.PullXapi, other.Address + "xAPI");
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                rig.Ids(RecordType.XapiStatement),
                Is.EqualTo(new[] { Statements.Id(1), Statements.Id(2), Statements.Id(3) }));
            Assert.That(Kept(rig.Store, Drawing), Is.EqualTo(Drawing));
            Assert.That(Kept(rig.Store, Essay), Is.EqualTo(Essay));
            Assert.That((rig.Progress.Moved, rig.Progress.Refused), Is.EqualTo((3, 0)));
        });
    }

    [Test]
    public async Task WhatIsVoidedBringsItsAttachmentsTooAsync()
    {
        JsonObject voiding = Statements.Statement(2, "administrator", "http://adlnet.gov/expapi/verbs/voided");
        voiding["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(1) };
        await using RecordServer other = await RecordServer.StartAsync(Options);
        Keep(other.Store, XapiVersion.V1, With(1, Drawing), Drawing);
        Keep(other.Store, XapiVersion.V1, voiding);
        using LinkRig rig = new(LinkKind.PullXapi, other.Address + "xAPI");
        await rig.RunAsync();
        Assert.That(Kept(rig.Store, Drawing), Is.EqualTo(Drawing));
        Assert.That(rig.Store.FindStatement(Statements.Id(1), isVoided: true), Is.Not.Null);
    }

    [Test]
    public async Task WhatIsHandedOnBringsItsAttachmentsAsync()
    {
        await using RecordServer other = await RecordServer.StartAsync(Options);
        using LinkRig rig = new(LinkKind.ForwardXapi, other.Address + "xAPI");
        Keep(rig.Store, XapiVersion.V1, With(1, Drawing, Essay), Drawing, Essay);
        Keep(rig.Store, XapiVersion.V1, Statements.Statement(2));
        Keep(rig.Store, XapiVersion.V1, With(3, Drawing), Drawing);
        await rig.RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(other.Store.FindStatement(Statements.Id(3), isVoided: false), Is.Not.Null);
            Assert.That(Kept(other.Store, Drawing), Is.EqualTo(Drawing));
            Assert.That(Kept(other.Store, Essay), Is.EqualTo(Essay));
            Assert.That((rig.Progress.Moved, rig.Progress.Refused), Is.EqualTo((3, 0)));
        });
    }

    [Test]
    public async Task AStatementThatCannotDoWithoutWhatTheOtherStoreLacksIsKeptAsideAsync()
    {
        FakeLrs lrs = new();
        lrs.Add(With(1, Drawing), Statements.Statement(2));
        await using FakeServer server = await FakeServer.StartAsync(lrs.AnswerAsync);
        using LinkRig rig = new(LinkKind.PullXapi, server.Address + "/xapi");
        await rig.RunAsync();
        Assert.That(rig.Ids(RecordType.XapiStatement), Is.EqualTo(new[] { Statements.Id(2) }));
        Assert.That(
            rig.Refused().Select(static one => (one.Id, one.Rule)),
            Is.EqualTo(new[] { (Statements.Id(1), "attachment-present") }));
    }

    private static void Keep(RecordStore store, XapiVersion version, JsonObject statement, params byte[][] contents) =>
        new RecordIntake(store, TimeProvider.System, static _ => true).TakeStatements(
            new AttachmentParts(statement.Bytes(), [.. contents.Select(static one => AttachmentContent.Of(one))]),
            new IntakeSource("moodle", version, MayDefine: true));

    private static byte[]? Kept(RecordStore store, byte[] content) =>
        store.Attachment(SHA256.HashData(content))?.ToArray();

    private static JsonObject With(int number, params byte[][] contents)
    {
        JsonObject statement = Statements.Statement(number);
        statement["attachments"] = new JsonArray([.. contents.Select(static one => new JsonObject
        {
            ["usageType"] = "https://example.org/usage",
            ["display"] = new JsonObject { ["en"] = "Attached" },
            ["contentType"] = "application/octet-stream",
            ["length"] = one.Length,
            ["sha2"] = Convert.ToHexStringLower(SHA256.HashData(one)),
        })]);
        return statement;
    }
}
