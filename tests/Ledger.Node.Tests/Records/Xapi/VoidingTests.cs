using System.Net;
using System.Text.Json.Nodes;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class VoidingTests : XapiFixture
{
    private const string Voided = "http://adlnet.gov/expapi/verbs/voided";

    [Test]
    public async Task AVoidedStatementIsGivenOnlyByItsOwnParameterAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        await Server.StoreAsync(Voiding(2, 1));
        await ExpectVoidedAsync(1);
    }

    [Test]
    public async Task WhatVoidsMayComeFirstAsync()
    {
        await Server.StoreAsync(Voiding(2, 1));
        await Server.StoreAsync(Statements.Statement(1));
        await ExpectVoidedAsync(1);
    }

    [Test]
    public async Task BothMayComeInOneListAsync()
    {
        await Server.StoreAsync(new JsonArray(Voiding(2, 1), Statements.Statement(1)));
        await ExpectVoidedAsync(1);
    }

    [Test]
    public async Task AQueryFindsWhatVoidsInPlaceOfWhatIsVoidedAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        await Server.StoreAsync(Voiding(2, 1));
        Assert.That(
            await Server.FindAsync($"verb={Escaped(Statements.Viewed)}"), Is.EqualTo(new[] { Statements.Id(2) }));
    }

    [Test]
    public async Task WhatVoidsCannotBeVoidedAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        await Server.StoreAsync(Voiding(2, 1));
        await Server.StoreAsync(Voiding(3, 2));
        HttpResponseMessage second = await Server.CallAsync("GET", $"/statements?statementId={Statements.Id(2)}");
        Assert.That(second.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        await ExpectVoidedAsync(1);
    }

    [Test]
    public async Task WhatVoidsHasAReferenceAsItsObjectAsync()
    {
        HttpResponseMessage answer =
            await Server.CallAsync("POST", "/statements", Json(Statements.Statement(1, verb: Voided).ToJsonString()));
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "/object", "voiding");
    }

    [Test]
    public async Task AnIdAmongTheOthersIsNotAmongTheVoidedAsync()
    {
        await Server.StoreAsync(Statements.Statement(1));
        HttpResponseMessage answer =
            await Server.CallAsync("GET", $"/statements?voidedStatementId={Statements.Id(1)}");
        await answer.ExpectAsync(HttpStatusCode.NotFound, "?voidedStatementId", "known-id");
    }

    private static JsonObject Voiding(int number, int target)
    {
        JsonObject statement = Statements.Statement(number, "administrator", Voided);
        statement["object"] = new JsonObject { ["objectType"] = "StatementRef", ["id"] = Statements.Id(target) };
        return statement;
    }

    private async Task ExpectVoidedAsync(int number)
    {
        HttpResponseMessage plain = await Server.CallAsync("GET", $"/statements?statementId={Statements.Id(number)}");
        HttpResponseMessage voided =
            await Server.CallAsync("GET", $"/statements?voidedStatementId={Statements.Id(number)}");
        await plain.ExpectAsync(HttpStatusCode.NotFound, "?statementId", "known-id");
        Assert.That((await voided.ReadAsync())["id"]!.GetValue<string>(), Is.EqualTo(Statements.Id(number)));
        Assert.That(await Server.FindAsync("limit=500"), Does.Not.Contain(Statements.Id(number)));
    }
}
