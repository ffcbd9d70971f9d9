using System.Buffers;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client.Calls;
using Grpc.Net.Client.Protocol;
using Ledger.Node.Protos;
using NSec.Cryptography;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What comes over the wire before the ledger sees it: gRPC's frames, headers and codings; raw keys.</summary>
internal static class BindingTargets
{
    private const int PayloadBytesMax = 64 * 1024;

    public static IEnumerable<FuzzTarget> All() => [Frames(), Headers(), Codings(), Keys()];

    private static FuzzTarget Frames() => Plain(
        "grpc-frames",
        InputKind.Binary,
        [
            [.. Framed(new Frame { BlockRequest = new BlockRequest { FromHeight = 7 } })],
            [
                .. Framed(new Frame { BodyRequest = new BodyRequest { Leaves = ByteString.CopyFrom(new byte[64]) } }),
                .. Framed(new Frame()), .. Framed(new Frame { FreshRequest = new FreshRequest() }),
            ],
        ],
        static bytes => TakeFrames(bytes, bytes.Length) | TakeFrames(bytes, 1 + (bytes.Length % 7)),
        new Decoder(typeof(FrameReader), nameof(FrameReader.ReadAsync)));

    private static byte[] Framed(Frame frame)
    {
        byte[] payload = frame.ToByteArray();
        return [0, 0, 0, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];
    }

    // Given whole, and in pieces as a network would.
    private static bool TakeFrames(byte[] bytes, int pieceBytes)
    {
        ReadOnlySequence<byte> body = Pieces.Of(bytes, Math.Max(1, pieceBytes));
        FrameReader reader = new(PipeReader.Create(body), PayloadBytesMax, encoding: null, StatusCode.InvalidArgument);
        try
        {
            while (reader.ReadAsync(
                static context => Frame.Parser.ParseFrom(context.PayloadAsReadOnlySequence()), CancellationToken.None)
                .AsTask().GetAwaiter().GetResult() is not null)
            {
                // The next one.
            }

            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private static FuzzTarget Headers() => Plain(
        "grpc-headers",
        InputKind.Text,
        [
            LedgerSamples.Utf8("ledger-caller-bin: CgMBAgMSAwQFBg, AAAA"), LedgerSamples.Utf8("user-agent: x/1.0"),
            LedgerSamples.Utf8("grpc-status: 16"), LedgerSamples.Utf8("grpc-message: na%C3%AFve"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "x-bin" : text[..colon];
            string value = text[(colon + 1)..];
            Metadata metadata = [];
            bool appended = Takes<RpcException>(() => MetadataCoding.Append(metadata, name, value));
            using HttpResponseMessage answer = new();
            HttpResponseHeaders headers = answer.Headers;
            bool added = headers.TryAddWithoutValidation(name, value);
            if (added)
            {
                Takes<RpcException>(() => HttpMetadata.Read(headers));
                HttpMetadata.ReadStatus(headers);
            }

            return appended && metadata.Count > 0;
        },
        new Decoder(typeof(MetadataCoding), nameof(MetadataCoding.Append)),
        new Decoder(typeof(MetadataCoding), "Decode"),
        new Decoder(typeof(HttpMetadata), nameof(HttpMetadata.Read)),
        new Decoder(typeof(HttpMetadata), nameof(HttpMetadata.ReadStatus)));

    private static FuzzTarget Codings() => Plain(
        "grpc-codings",
        InputKind.Text,
        [LedgerSamples.Utf8("99999999H"), LedgerSamples.Utf8("na%C3%AFve 100%25"), LedgerSamples.Utf8("16")],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            string decoded = PercentCoding.Decode(text);
            string valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            FuzzViolation.Unless(
                PercentCoding.Decode(PercentCoding.Encode(valid)) == valid, "a status text does not come back");
            StatusCoding.Decode(text, decoded);
            bool isTime = TimeoutCoding.TryDecode(text, out TimeSpan timeout);
            FuzzViolation.Unless(!isTime || timeout >= TimeSpan.Zero, "a time-out before now");
            return isTime;
        },
        new Decoder(typeof(PercentCoding), nameof(PercentCoding.Decode)),
        new Decoder(typeof(StatusCoding), nameof(StatusCoding.Decode)),
        new Decoder(typeof(TimeoutCoding), nameof(TimeoutCoding.TryDecode)));

    private static FuzzTarget Keys() => Plain(
        "raw-keys",
        InputKind.Binary,
        [LedgerSamples.Chain.School.PublicKey.ToArray(), new byte[32], new byte[64]],
        static bytes =>
        {
            bool isPublic = PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out PublicKey? key);
            bool isAgreement = PublicKey.TryImport(
                KeyAgreementAlgorithm.X25519, bytes, KeyBlobFormat.RawPublicKey, out PublicKey? other);
            bool isSecret = Key.TryImport(
                SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPrivateKey, out Key? secret);
            secret?.Dispose();
            FuzzViolation.Unless(
                isPublic == key is not null && isAgreement == other is not null && isSecret == secret is not null,
                "taken without a key");
            return isPublic;
        },
        new Decoder(typeof(PublicKey), nameof(PublicKey.TryImport)),
        new Decoder(typeof(Key), nameof(Key.TryImport)));
}
