using System.Text.Json.Serialization;
using Ledger.Node.Records;

namespace Ledger.Node.Configuration;

/// <summary>
/// How the learning record store's port is served: the member <c>recordPort</c> of <c>node.json</c>. What has a default
/// can be set, not only initialised, for the generated reader would put null where the file leaves it out.
/// </summary>
public sealed record RecordPortSettings
{
    /// <summary>Plain HTTP: on this machine alone, or behind a web server that holds the certificate.</summary>
    public const string NoTls = "none";

    /// <summary>TLS with the node's own certificate, whose key callers pin.</summary>
    public const string NodeTls = "node";

    /// <summary>TLS with a certificate out of a file.</summary>
    public const string FileTls = "file";

    /// <summary>One of none, node and file.</summary>
    public string Tls { get; set; } = NoTls;

    /// <summary>File of the certificate and those above it, in PEM; for <see cref="FileTls"/> alone.</summary>
    public string? Certificate { get; set; }

    /// <summary>File of the certificate's key, in PEM and not encrypted; for <see cref="FileTls"/> alone.</summary>
    public string? CertificateKey { get; set; }

    /// <summary>
    /// Plain HTTP on an address that other machines reach: names, secrets and records go over that network in clear.
    /// </summary>
    public bool PlainHttpBeyondThisMachine { get; set; }

    /// <summary>Origins whose pages may call the store out of a browser; none unless it is said.</summary>
    public string[] Origins { get; set; } = [];

    /// <summary>
    /// Addresses, or networks as 10.1.0.0/16, of web servers that stand before the store and say in X-Forwarded-For for
    /// whom they ask; none unless it is said, for whoever is trusted in this can name any network.
    /// </summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Requests of one credential in a second.</summary>
    public int RequestsPerSecond { get; set; } = RequestLimits.RequestsPerSecondDefault;

    /// <summary>Bytes of a body.</summary>
    public int BodyBytes { get; set; } = RecordIntake.BodyBytesMax;

    /// <summary>Bytes of a body of statements with attachments.</summary>
    public int AttachmentBytes { get; set; } = MultipartBody.BytesMax;

    /// <summary>Whether callers speak TLS.</summary>
    [JsonIgnore]
    public bool HasTls => Tls != NoTls;

    /// <summary>The limits of tools.</summary>
    [JsonIgnore]
    public RequestLimits Limits => new()
    {
        RequestsPerSecond = RequestsPerSecond, BodyBytes = BodyBytes, AttachmentBytes = AttachmentBytes,
    };

    /// <summary>Why a port cannot be served like this, with what to do; null when it can.</summary>
    /// <param name="isThisMachine">Whether the port's address is one that this machine alone reaches.</param>
    public string? FaultOf(bool isThisMachine)
    {
        if (Tls is not (NoTls or NodeTls or FileTls))
        {
            return $"recordPort.tls is '{Tls}' and must be {NoTls}, {NodeTls} or {FileTls}.";
        }

        if ((Tls == FileTls) != (Certificate is not null) || (Certificate is null) != (CertificateKey is null))
        {
            return "recordPort.certificate and recordPort.certificateKey name files where recordPort.tls is "
                + $"{FileTls}, and nowhere else.";
        }

        if (!HasTls && !isThisMachine && !PlainHttpBeyondThisMachine)
        {
            return "lrsListen is an address that other machines reach, and recordPort.tls is none: names and secrets "
                + $"would go in clear. Set recordPort.tls to {NodeTls} or {FileTls}, or listen at 127.0.0.1 behind a "
                + "web server, or set recordPort.plainHttpBeyondThisMachine to true where the network is yours alone.";
        }

        if (Array.Find(TrustedProxies, static one => !Hosting.TrustedProxies.TryRead(one, out _)) is { } unknown)
        {
            return $"recordPort.trustedProxies has '{unknown}'; it lists addresses, and networks as 10.1.0.0/16.";
        }

        return Array.Find(Origins, static origin => !RecordCors.IsOrigin(origin)) is { } wrong
            ? $"recordPort.origins has '{wrong}'; an origin is written https://tool.example.org, with nothing after."
            : FaultOf("requestsPerSecond", RequestsPerSecond, RequestLimits.RequestsPerSecondCeiling)
                ?? FaultOf("bodyBytes", BodyBytes, RequestLimits.BodyBytesCeiling)
                ?? FaultOf("attachmentBytes", AttachmentBytes, RequestLimits.AttachmentBytesCeiling);
    }

    private static string? FaultOf(string name, int value, int ceiling) => value > 0 && value <= ceiling
        ? null
        : FormattableString.Invariant($"recordPort.{name} is {value} and must be 1 to {ceiling}.");
}
