using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class AttachmentTests : XapiFixture
{
    private const string Type = "multipart/mixed; boundary=here";

    [Test]
    public async Task BytesComeBackAsTheyCameAndOnlyWhenAskedForAsync()
    {
        string body = Body(With(Claim("first")), Part("first"));
        HttpResponseMessage stored = await Server.CallAsync("POST", "/statements", Content(body, Type));
        Assert.That(stored.StatusCode, Is.EqualTo(HttpStatusCode.OK), await stored.Content.ReadAsStringAsync());
        HttpResponseMessage with = await Server.CallAsync("GET", "/statements?attachments=true");
        HttpResponseMessage without = await Server.CallAsync("GET", "/statements?attachments=false");
        string text = await with.Content.ReadAsStringAsync();
        Assert.Multiple(() =>
        {
            Assert.That(with.Content.Headers.ContentType!.MediaType, Is.EqualTo("multipart/mixed"));
            Assert.That(text, Does.Contain($"X-Experience-API-Hash: {Digest("first")}\r\n\r\nfirst\r\n--"));
            Assert.That(text.TrimEnd(), Does.EndWith("--"));
            Assert.That(without.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        });
    }

    [Test]
    public async Task OneAttachmentOfTwoStatementsIsGivenOnceAsync()
    {
        JsonObject second = With(Claim("first"));
        second["id"] = Statements.Id(2);
        string body = Body(new JsonArray(With(Claim("first")), second), Part("first"));
        await Server.CallAsync("PUT", $"/statements?statementId={Statements.Id(1)}", Content(body, Type));
        await Server.CallAsync("POST", "/statements", Content(body, Type));
        string text = await (await Server.CallAsync("GET", "/statements?attachments=true")).Content.ReadAsStringAsync();
        Assert.That(text.Split("X-Experience-API-Hash"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task AnAttachmentThatIsElsewhereNeedsNoPartAsync()
    {
        JsonObject claim = Claim("elsewhere");
        claim["fileUrl"] = "https://example.org/file";
        HttpResponseMessage json = await Server.CallAsync("POST", "/statements", Json(With(claim).ToJsonString()));
        HttpResponseMessage parts = await Server.CallAsync(
            "POST", "/statements", Content(Body(With(claim.DeepClone().AsObject())), Type));
        Assert.That((json.StatusCode, parts.StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.OK)));
    }

    [Test]
    public Task AnAttachmentWithoutBytesIsRefusedAsync() => RefuseAsync(
        Body(With(Claim("first"), Claim("second")), Part("first")), "/attachments/1/sha2", "attachment-present");

    [Test]
    public Task BytesThatNoStatementClaimsAreRefusedAsync() =>
        RefuseAsync(Body(With(Claim("first")), Part("first"), Part("second")), "", "attachment-claimed");

    [Test]
    public Task BytesThatAreOthersThanTheirHashSaysAreRefusedAsync() => RefuseAsync(
        Body(With(Claim("first")), Part("first").Replace("\r\n\r\nfirst", "\r\n\r\nfirsT", StringComparison.Ordinal)),
        "", "attachment-hash");

    [TestCase("Content-Transfer-Encoding: binary\r\n", "transfer-encoding")]
    [TestCase("X-Experience-API-Hash", "attachment-hash")]
    public Task APartWithoutItsHeadersIsRefusedAsync(string header, string rule) => RefuseAsync(
        Body(With(Claim("first")), Part("first").Replace(header, header[..1] + "X", StringComparison.Ordinal)),
        "", rule);

    [TestCase("multipart/mixed", "boundary")]
    [TestCase("multipart/mixed; boundary=there", "multipart")]
    [TestCase(
        "multipart/mixed; boundary=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "boundary")]
    public Task ABodyWithAnotherBoundaryIsRefusedAsync(string type, string rule) =>
        RefuseAsync(Body(With(Claim("first")), Part("first")), "", rule, type);

    [Test]
    public Task ABodyThatBreaksOffIsRefusedAsync()
    {
        string body = Body(With(Claim("first")), Part("first"));
        return RefuseAsync(body[..(body.Length / 2)], "", "multipart");
    }

    [Test]
    public Task StatementsComeFirstAsync() => RefuseAsync(
        $"--here\r\n{Part("first")}--here--\r\n", "", "multipart");

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task WhatIsPackedIsNotUnpackedAsync(string encoding)
    {
        HttpContent content = Json("{}");
        content.Headers.ContentEncoding.Add(encoding);
        await (await Server.CallAsync("POST", "/statements", content))
            .ExpectAsync(HttpStatusCode.BadRequest, "", "content-encoding");
    }

    [Test]
    public async Task ABodyThatIsTooLongIsRefusedAsync()
    {
        string body = Body(With(Claim("first")), Part(new string('x', MultipartBody.BytesMax)));
        await (await Server.CallAsync("POST", "/statements", Content(body, Type), ("Expect", "100-continue")))
            .ExpectAsync(HttpStatusCode.RequestEntityTooLarge, "", "json.size");
    }

    private static JsonObject With(params JsonNode[] attachments)
    {
        JsonObject statement = Statements.Statement(1);
        statement["attachments"] = new JsonArray(attachments);
        return statement;
    }

    private static JsonObject Claim(string content) => new()
    {
        ["usageType"] = "https://example.org/usage",
        ["display"] = new JsonObject { ["en"] = "A file" },
        ["contentType"] = "text/plain",
        ["length"] = content.Length,
        ["sha2"] = Digest(content),
    };

    private static string Digest(string content) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Part(string content) =>
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\n"
        + $"X-Experience-API-Hash: {Digest(content)}\r\n\r\n{content}\r\n";

    private static string Body(JsonNode statements, params string[] parts) => string.Concat(
        new[] { $"Content-Type: application/json\r\n\r\n{statements.ToJsonString()}\r\n" }
            .Concat(parts).Select(part => $"--here\r\n{part}")) + "--here--\r\n";

    private async Task RefuseAsync(string body, string path, string rule, string type = Type)
    {
        await (await Server.CallAsync("POST", "/statements", Content(body, type)))
            .ExpectAsync(HttpStatusCode.BadRequest, path, rule);
        Assert.That(Server.Store.Outbox.Pending(0, 10), Is.Empty, "nothing of a refused request is stored");
    }
}
