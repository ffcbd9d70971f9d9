using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Node.Records;
using static Ledger.Node.Tests.Records.Xapi.XapiCalls;

namespace Ledger.Node.Tests.Records.Xapi;

public sealed class SignatureTests : XapiFixture
{
    private RSA key = null!;
    private string certificate = null!;

    [OneTimeSetUp]
    public void MakeKey()
    {
        key = RSA.Create(2048);
        CertificateRequest request = new("CN=signer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue);
        certificate = Convert.ToBase64String(made.RawData);
    }

    [OneTimeTearDown]
    public void ForgetKey() => key.Dispose();

    [TestCase("RS256")]
    [TestCase("RS384")]
    [TestCase("RS512")]
    public async Task ASignedStatementIsTakenInAsync(string algorithm) => Assert.That(
        (await SendAsync(Statements.Statement(1), Signed(Statements.Statement(1), algorithm))).StatusCode,
        Is.EqualTo(HttpStatusCode.OK));

    [Test]
    public async Task WhatTheStoreFillsInNeedNotBeSignedAsync()
    {
        JsonObject payload = Statements.Statement(1);
        payload.Remove("id");
        payload.Remove("timestamp");
        Assert.That(
            (await SendAsync(Statements.Statement(1), Signed(payload, "RS256"))).StatusCode,
            Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task DigitsOfADurationBeyondAHundredthAreNotComparedAsync()
    {
        JsonObject sent = Statements.Statement(1);
        sent["result"] = new JsonObject { ["duration"] = "PT1.1299S" };
        JsonObject signed = Statements.Statement(1);
        signed["result"] = new JsonObject { ["duration"] = "PT1.12S" };
        Assert.That((await SendAsync(sent, Signed(signed, "RS256"))).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public Task ASignatureOfAnotherStatementIsRefusedAsync() =>
        RefuseAsync(Signed(Statements.Statement(1, "student-18"), "RS256"));

    [Test]
    public Task ASignatureOfAnotherIdIsRefusedAsync() => RefuseAsync(Signed(Statements.Statement(2), "RS256"));

    [TestCase("HS256")]
    [TestCase("none")]
    public Task AnotherAlgorithmIsRefusedAsync(string algorithm) =>
        RefuseAsync(Signed(Statements.Statement(1), algorithm));

    [Test]
    public Task ASignatureThatTheCertificateDoesNotMakeIsRefusedAsync()
    {
        string signed = Signed(Statements.Statement(1), "RS256");
        return RefuseAsync(signed[..^8] + "AAAAAAAA");
    }

    [TestCase("")]
    [TestCase("a.b")]
    [TestCase("!.!.!")]
    [TestCase("e30.e30.e30")]
    [TestCase("bm8.e30.e30")]
    public Task WhatIsNoSignatureIsRefusedAsync(string signature) => RefuseAsync(signature);

    [Test]
    public async Task APartThatManyStatementsClaimIsCheckedForEachOfThemAsync()
    {
        JsonObject payload = Statements.Statement(1);
        payload.Remove("id");
        JsonObject[] alike = [Statements.Statement(1), Statements.Statement(2), Statements.Statement(3)];
        HttpResponseMessage taken =
            await SendAsync(alike, Signed(payload, "RS256"), "application/octet-stream");
        Assert.That(taken.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        JsonObject[] oneIsAnother = [Statements.Statement(4), Statements.Statement(5, "student-18")];
        HttpResponseMessage refused =
            await SendAsync(oneIsAnother, Signed(payload, "RS256"), "application/octet-stream");
        await refused.ExpectAsync(HttpStatusCode.BadRequest, "/1/attachments/0", "signature");
        Assert.That(Server.Store.Outbox.Pending(0, 10), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AnotherTypeIsRefusedAsync()
    {
        HttpResponseMessage answer =
            await SendAsync(Statements.Statement(1), Signed(Statements.Statement(1), "RS256"), "text/plain");
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "/attachments/0/contentType", "signature");
    }

    private async Task RefuseAsync(string signature)
    {
        HttpResponseMessage answer = await SendAsync(Statements.Statement(1), signature);
        await answer.ExpectAsync(HttpStatusCode.BadRequest, "/attachments/0", "signature");
        Assert.That(Server.Store.Outbox.Pending(0, 10), Is.Empty);
    }

    private string Signed(JsonObject payload, string algorithm)
    {
        string header = $$"""{"alg":"{{algorithm}}","x5c":["{{certificate}}"]}""";
        string signed = $"{Encoded(header)}.{Encoded(payload.ToJsonString())}";
        HashAlgorithmName hash = algorithm switch
        {
            "RS384" => HashAlgorithmName.SHA384,
            "RS512" => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA256,
        };
        byte[] value = key.SignData(Encoding.ASCII.GetBytes(signed), hash, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(value)}";
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private Task<HttpResponseMessage> SendAsync(
        JsonObject statement, string signature, string type = "application/octet-stream") =>
        SendAsync([statement], signature, type);

    private Task<HttpResponseMessage> SendAsync(JsonObject[] statements, string signature, string type)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(signature)));
        foreach (JsonObject statement in statements)
        {
            statement["attachments"] = new JsonArray(new JsonObject
            {
                ["usageType"] = "http://adlnet.gov/expapi/attachments/signature",
                ["display"] = new JsonObject { ["en"] = "Signature" },
                ["contentType"] = type,
                ["length"] = signature.Length,
                ["sha2"] = digest,
            });
        }

        string json = new JsonArray([.. statements]).ToJsonString();
        string body =
            $"--s\r\nContent-Type: application/json\r\n\r\n{(statements.Length == 1 ? json[1..^1] : json)}\r\n--s\r\n"
            + $"Content-Type: {type}\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {digest}\r\n\r\n"
            + $"{signature}\r\n--s--\r\n";
        return Server.CallAsync("POST", "/statements", Content(body, "multipart/mixed; boundary=s"));
    }
}
