using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ledger.Node.Configuration;

namespace Ledger.Node.Hosting;

/// <summary>
/// A certificate in PEM files, with those above it. Files that are replaced are read again, for certificates live some
/// weeks and are renewed while the node runs; what cannot be read then is logged, and the one before goes on.
/// </summary>
internal sealed partial class RecordCertificate
{
    private readonly Lock gate = new();
    private readonly string certificateFile;
    private readonly string keyFile;
    private readonly ILogger log;
    private Held held;

    /// <summary>Reads the files.</summary>
    /// <exception cref="ConfigurationException">They cannot be read, or do not belong together.</exception>
    public RecordCertificate(string certificateFile, string keyFile, ILogger log)
    {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.log = log;
        held = Read();
    }

    /// <summary>What a handshake shows now.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (gate)
        {
            (FileStamp, FileStamp) written = Written();
            if (written != held.Written)
            {
                Renew(written);
            }

            return held.Context;
        }
    }

    private void Renew((FileStamp, FileStamp) written)
    {
        try
        {
            // Handshakes that have begun still hold the former one: it is left to the collector.
            held = Read();
            Renewed(certificateFile, held.Certificate.NotAfter.ToUniversalTime());
        }
        catch (ConfigurationException problem)
        {
            held = held with { Written = written };
            NotRenewed(problem.Message);
        }
    }

    private Held Read()
    {
        try
        {
            (FileStamp, FileStamp) written = Written();
            X509Certificate2Collection chain = [];
            chain.ImportFromPemFile(certificateFile);
            X509Certificate2 certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
            return new Held(
                written, certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true));
        }
        catch (Exception problem) when (
            problem is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new ConfigurationException(
                $"The certificate {certificateFile} with the key {keyFile} cannot be used: {problem.Message}", problem);
        }
    }

    // Of both files: what replaces one of them may have been written before the other one was.
    private (FileStamp Certificate, FileStamp Key) Written() => (FileStamp.Of(certificateFile), FileStamp.Of(keyFile));

    [LoggerMessage(Level = LogLevel.Information, Message = "The record store's certificate {File} ends {End:u}")]
    private partial void Renewed(string file, DateTime end);

    [LoggerMessage(Level = LogLevel.Error, Message = "The record store goes on with its former certificate: {Problem}")]
    private partial void NotRenewed(string problem);

    private sealed record Held(
        (FileStamp Certificate, FileStamp Key) Written,
        X509Certificate2 Certificate,
        SslStreamCertificateContext Context);
}
