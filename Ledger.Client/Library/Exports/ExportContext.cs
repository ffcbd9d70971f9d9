using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Verification;
using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Exports;

/// <summary>
/// What the checks of an export's parts share: the head, keys and institutions that were proved, and the report.
/// Failures are told by the part in which they are; the same doubt is told once.
/// </summary>
internal sealed class ExportContext(ExportHead head, TrustRoot trust, VerificationReport report)
{
    private readonly Dictionary<Address, PublicKeyBytes> keys = [];
    private readonly HashSet<Address> institutions = [];
    private readonly HashSet<string> told = new(StringComparer.Ordinal);
    private ulong place;
    private string part = string.Empty;
    private int failures;

    /// <summary>The head of the file, whose form was checked.</summary>
    public ExportHead Head { get; } = head;

    /// <summary>The root of trust.</summary>
    public TrustRoot Trust { get; } = trust;

    /// <summary>Takes the steps.</summary>
    public VerificationReport Report { get; } = report;

    /// <summary>The learner and the addresses that were merged into it.</summary>
    public IReadOnlyList<Address> Learners { get; } = [.. head.Learners.Select(static one => one.ToAddress())];

    /// <summary>Whether so much is wrong that the rest is not looked at.</summary>
    public bool IsHopeless => failures >= ExportLimits.FailuresMax;

    /// <summary>Says which part is looked at now.</summary>
    public void Begin(ulong number, ExportPart.ContentOneofCase kind)
    {
        place = number;
        part = ExportMessages.NameOf(kind);
    }

    /// <summary>Fails a step of the part.</summary>
    public void Fail(string step, string sentence)
    {
        failures++;
        Report.Fail(step, FormattableString.Invariant($"Part {place} ({part}): {sentence}"));
    }

    /// <summary>What cannot be told, once for all parts that have the same reason.</summary>
    public void Doubt(string step, string sentence)
    {
        if (told.Count < ExportLimits.FailuresMax && told.Add(sentence))
        {
            Report.Doubt(step, sentence);
        }
    }

    /// <summary>
    /// Runs a check of its own on a part; null, and the failures told, where it does not hold. Doubts that others than
    /// the root of trust give rise to are the caller's to tell.
    /// </summary>
    public VerificationReport? Run(string kind, Action<VerificationReport> check)
    {
        VerificationReport found = new(kind);
        check(found);
        foreach (VerificationStep step in found.Steps.Where(static step => step.Verdict == Verdict.Failed))
        {
            Fail(step.Name, step.Sentence);
        }

        if (found.Verdict == Verdict.Failed)
        {
            return null;
        }

        if (found.Height is not null)
        {
            return found;
        }

        foreach (VerificationStep step in found.Steps.Where(static step => step.Verdict == Verdict.Unknown))
        {
            Doubt(step.Name, step.Sentence);
        }

        return null;
    }

    /// <summary>Takes a signing key that the ledger proves, or that an address is an institution's.</summary>
    public void AddKey(StateEvidence key)
    {
        if (Run("state", found => StateCheck.Run(key, Trust, found)) is not { } found)
        {
            return;
        }

        ReadOnlySpan<byte> raw = key.Key.Span;
        bool hasOwner = raw.Length >= Address.Size + 1
            & Address.TryRead(raw.Length > Address.Size ? raw[1..(1 + Address.Size)] : [], out Address owner);
        if (!hasOwner || keys.Count + institutions.Count >= ExportLimits.RememberedMax)
        {
            Fail(StepNames.Signatures, "It is no key of anybody.");
        }
        else if (found.States is [{ IsPresent: true, Value: Institution }])
        {
            institutions.Add(owner);
        }
        else if (SigningKeyEvidence.KeyOf(key, owner) is { } held)
        {
            keys[owner] = held;
        }
        else
        {
            Fail(StepNames.Signatures, "It is no open signing key, and no institution.");
        }
    }

    /// <summary>
    /// Whether a digest is signed by an institution of the ledger; false, and told, where not.
    /// </summary>
    public bool IsSignedByInstitution(Address signer, Hash256 digest, ByteString signature)
    {
        if (!institutions.Contains(signer))
        {
            Fail(StepNames.Signatures, $"The file does not prove that {signer} is an institution.");
            return false;
        }

        return IsSigned(signer, digest, signature);
    }

    /// <summary>
    /// Whether a digest is signed by the key that the file proves for somebody; false, and told, where not.
    /// </summary>
    public bool IsSigned(Address signer, Hash256 digest, ByteString signature)
    {
        if (!keys.TryGetValue(signer, out PublicKeyBytes key))
        {
            Fail(StepNames.Signatures, $"The file proves no key of {signer} before it.");
            return false;
        }

        if (!Ed25519Verifier.Instance.Verify(key, digest, signature.Span))
        {
            Fail(StepNames.Signatures, $"It is not signed by {signer}.");
            return false;
        }

        return true;
    }
}
