using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ledger.Client.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Client.Tests.Nodes;

/// <summary>Records, name and secret go to the record store whose key is pinned, and to no other.</summary>
public sealed class RecordStoreClientTests
{
    private static readonly byte[] Statement = Encoding.UTF8.GetBytes("""{"verb":{"id":"https://a.example/v"}}""");

    private readonly List<(string Path, string Authorization)> came = [];
    private X509Certificate2 certificate = null!;
    private WebApplication server = null!;

    private string Pin =>
        Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    [SetUp]
    public async Task Start()
    {
        came.Clear();
        certificate = MakeCertificate();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        server = builder.Build();
        server.Run(context =>
        {
            came.Add((context.Request.Path.Value!, context.Request.Headers.Authorization.ToString()));
            return context.Response.WriteAsync("[]");
        });
        await server.StartAsync();
    }

    [TearDown]
    public async Task Stop()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        certificate.Dispose();
    }

    [Test]
    public async Task Store_with_the_pinned_key_gets_records_whatever_its_certificate_says()
    {
        using RecordStoreClient client = Connect(Pin);
        Assert.That(await client.AddAsync(Statement, default), Is.EqualTo("[]"));
        Assert.That(await client.GetIntakeReceiptAsync("an id", default), Is.EqualTo("[]"u8.ToArray()));
        Assert.That(
            came.Select(static one => one.Path),
            Is.EqualTo(new[] { "/xAPI/statements", "/ledger/records/an id/receipt" }));
        Assert.That(
            came[0].Authorization,
            Is.EqualTo("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("moodle:secret"))));
    }

    [Test]
    public async Task Store_with_another_key_gets_neither_records_nor_the_secret()
    {
        using RecordStoreClient client = Connect(new string('0', 64));
        foreach (Func<Task> call in new Func<Task>[]
            { () => client.AddAsync(Statement, default), () => client.GetIntakeReceiptAsync("x", default) })
        {
            LedgerClientException refused = (await Assert.ThrowsAsync<LedgerClientException>(() => call()))!;
            Assert.That(refused.Kind, Is.EqualTo(ClientFailure.NotVerified));
        }

        Assert.That(came, Is.Empty);
    }

    [Test]
    public void Store_over_tls_without_a_pin_is_none() => Assert.That(
        NodeEndpoint.TryParse(server.Urls.Single() + "/xAPI", null, out _, out string _), Is.False);

    private RecordStoreClient Connect(string pin) =>
        NodeEndpoint.TryParse(server.Urls.Single() + "/xAPI", pin, out NodeEndpoint? store, out string problem)
            ? new RecordStoreClient(store, "moodle", "secret")
            : throw new InvalidOperationException(problem);

    private static X509Certificate2 MakeCertificate()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=store", key, HashAlgorithmName.SHA256);

        // Long expired: the pin alone counts.
        DateTimeOffset begin = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using X509Certificate2 made = request.CreateSelfSigned(begin, begin.AddYears(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
