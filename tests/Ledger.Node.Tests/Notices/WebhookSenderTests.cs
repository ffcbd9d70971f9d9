using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Ledger.Client.Keys;
using Ledger.Client.Notices;
using Ledger.Node.Notices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Ledger.Node.Tests.Notices;

/// <summary>Notices to a learner's web server: signed, over TLS, and never into the node's own network.</summary>
public sealed class WebhookSenderTests
{
    private readonly List<(string Id, string Signature, byte[] Body)> came = [];
    private readonly Guid id = Guid.NewGuid();
    private NoticeBench bench = null!;
    private WebApplication server = null!;
    private X509Certificate2 certificate = null!;
    private Func<HttpContext, int> answer = static _ => StatusCodes.Status204NoContent;

    private string Hook => server.Urls.Single() + "/hook";

    [SetUp]
    public async Task Start()
    {
        bench = new NoticeBench();
        bench.Ask(bench.East);
        came.Clear();
        answer = static _ => StatusCodes.Status204NoContent;
        certificate = MakeCertificate();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        server = builder.Build();
        server.Run(TakeAsync);
        await server.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        certificate.Dispose();
        bench.Dispose();
    }

    [Test]
    public async Task A_notice_is_signed_by_the_institution_and_tells_who_asks_for_what_until_when()
    {
        using WebhookSender sender = Sender(privateAddresses: true);
        await sender.SendAsync(bench.Everything(id), Hook, default);
        (string named, string signature, byte[] body) = came.Single();
        JsonNode told = JsonNode.Parse(body)!;
        JsonNode request = told["requests"]!.AsArray().Single()!;
        Assert.Multiple(() =>
        {
            Assert.That(named, Is.EqualTo(id.ToString("D")));
            Assert.That(IsSigned(body, signature), Is.True);
            Assert.That(IsSigned([.. body, 32], signature), Is.False);
            Assert.That(IsSigned(body, "v1=x"), Is.False);
            Assert.That((string?)told["learner"], Is.EqualTo(bench.Learner.Address.ToString()));
            Assert.That((string?)told["institution"], Is.EqualTo(bench.North.Address.ToString()));
            Assert.That((string?)request["requester"], Is.EqualTo(bench.East.Address.ToString()));
            Assert.That((string?)request["verb"], Is.EqualTo(NoticeBench.Verb));
            Assert.That((ulong)request["number"]!, Is.EqualTo(1));
            Assert.That(request["rights"]!.AsArray().Select(static one => (string?)one), Is.EqualTo(new[] { "read" }));
            Assert.That(DateTimeOffset.Parse((string)request["answerBy"]!), Is.GreaterThan(bench.Clock.Now));
        });
    }

    [Test]
    public async Task An_address_of_this_machine_is_not_called_unless_the_operator_allows_it()
    {
        using WebhookSender sender = Sender(privateAddresses: false);
        foreach (string address in new[] { Hook, Hook.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) })
        {
            NoticeException refused = (await Assert.ThrowsAsync<NoticeException>(
                () => sender.SendAsync(bench.Everything(id), address, default)))!;
            Assert.That(refused.Message, Does.Contain("does not call").And.Not.Contain("127.0.0.1"));
        }

        Assert.That(came, Is.Empty);
    }

    [Test]
    public async Task A_server_that_is_busy_is_asked_again_within_the_attempt_under_the_same_id()
    {
        answer = _ => came.Count < 2 ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        using WebhookSender sender = Sender(privateAddresses: true);
        await sender.SendAsync(bench.Everything(id), Hook, default);
        Assert.That(came.Select(static one => one.Id), Is.EqualTo(new[] { id.ToString("D"), id.ToString("D") }));
    }

    [TestCase(StatusCodes.Status302Found)]
    [TestCase(StatusCodes.Status404NotFound)]
    public async Task What_leads_elsewhere_or_is_refused_is_not_taken_and_not_followed(int status)
    {
        answer = context =>
        {
            context.Response.Headers.Location = "https://127.0.0.1/admin";
            return status;
        };
        using WebhookSender sender = Sender(privateAddresses: true);
        NoticeException refused = (await Assert.ThrowsAsync<NoticeException>(
            () => sender.SendAsync(bench.Everything(id), Hook, default)))!;
        Assert.That(refused.Message, Does.Contain($"{status}"));
        Assert.That(came, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_whose_certificate_is_not_trusted_gets_nothing()
    {
        using WebhookSender sender = Sender(privateAddresses: true, trusted: false);
        NoticeException refused = (await Assert.ThrowsAsync<NoticeException>(
            () => sender.SendAsync(bench.Everything(id), Hook, default)))!;
        Assert.That(refused.Message, Does.Contain("cannot be reached").And.Not.Contain("127.0.0.1"));
        Assert.That(came, Is.Empty);
    }

    [TestCase("127.0.0.1", false)]
    [TestCase("10.1.2.3", false)]
    [TestCase("172.31.255.255", false)]
    [TestCase("172.32.0.1", true)]
    [TestCase("192.168.0.1", false)]
    [TestCase("100.64.0.1", false)]
    [TestCase("169.254.169.254", false)]
    [TestCase("0.0.0.0", false)]
    [TestCase("224.0.0.1", false)]
    [TestCase("255.255.255.255", false)]
    [TestCase("8.8.8.8", true)]
    [TestCase("::1", false)]
    [TestCase("::", false)]
    [TestCase("::ffff:127.0.0.1", false)]
    [TestCase("::ffff:8.8.8.8", true)]
    [TestCase("64:ff9b::7f00:1", false)]
    [TestCase("2002:7f00:1::", false)]
    [TestCase("2001:db8::1", false)]
    [TestCase("fe80::1", false)]
    [TestCase("fc00::1", false)]
    [TestCase("ff02::1", false)]
    [TestCase("2a00:1450::1", true)]
    public void Addresses_that_are_reached_from_everywhere_are_told_from_others(string address, bool isPublic) =>
        Assert.That(PublicAddress.Is(IPAddress.Parse(address)), Is.EqualTo(isPublic));

    private bool IsSigned(byte[] body, string signature) => NoticeMessages.IsSigned(
        bench.Ledger.ChainId, body, signature, bench.North.PublicKey, Ed25519Verifier.Instance);

    private WebhookSender Sender(bool privateAddresses, bool trusted = true) => new(
        bench.Ledger.ChainId,
        bench.North,
        privateAddresses,
        new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = trusted ? static (_, _, _, _) => true : null,
        },
        bench.Pace,
        TimeProvider.System);

    private async Task TakeAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        came.Add((
            context.Request.Headers[NoticeMessages.IdHeader].ToString(),
            context.Request.Headers[NoticeMessages.SignatureHeader].ToString(),
            body.ToArray()));
        context.Response.StatusCode = answer(context);
    }

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        DateTimeOffset begin = DateTimeOffset.UnixEpoch.AddYears(50);
        using X509Certificate2 made = request.CreateSelfSigned(begin, begin.AddYears(50));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
