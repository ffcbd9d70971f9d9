using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Limits;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Contracts.State;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Limits of grants: what a reader shows to a box, and what a grantor hands to a grantee.</summary>
internal static class LimitsTargets
{
    private static readonly LlpcName Llpc = new(default, "urn:verb");

    private static readonly LimitsOpening Opening = new()
    {
        Document = new GrantLimits
        {
            Activities = { "urn:a" }, UntilUnixMs = 7, Purposes = { "advice" },
        }.ToByteString(),
        Salt = ByteString.CopyFrom(new byte[LimitsCommitment.SaltBytes]),
    };

    public static IEnumerable<FuzzTarget> All() => [Shown(), Sealed()];

    private static FuzzTarget Shown() => Plain(
        "limits-opening",
        InputKind.Protobuf,
        [Opening.ToByteArray()],
        static bytes =>
        {
            if (TryParse(LimitsOpening.Parser, bytes) is not { } opening)
            {
                return false;
            }

            GrantLimits? limits = LimitsCommitment.Read(opening);
            FuzzViolation.Unless(
                limits is null || (LimitsForm.IsRight(limits) && limits.ToByteString() == opening.Document),
                "taken, but not canonical or of wrong form");
            return limits is not null
                && (LimitsCoverage.Covers(limits, RecordType.XapiStatement, bytes, 5) || limits.UntilUnixMs >= 0);
        },
        new Decoder(typeof(LimitsCommitment), nameof(LimitsCommitment.Read)));

    private static FuzzTarget Sealed()
    {
        EncryptionKey key = EncryptionKey.FromSecret(Enumerable.Repeat((byte)5, EncryptionKey.KeySize).ToArray());
        return Plain(
            "sealed-limits",
            InputKind.Protobuf,
            [LimitsFile.Seal(default, Llpc, default, key.PublicKey, [Opening])],
            bytes => LimitsFile.Open(default, Llpc, bytes, key) is { } openings && openings.Count >= 0,
            new Decoder(typeof(LimitsFile), nameof(LimitsFile.Open)));
    }
}
