using System.Text;
using Google.Protobuf.Collections;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Transactions;

namespace Ledger.Contracts.Policies;

/// <summary>What of a policy can be judged without state. Rule P-3 of the protocol.</summary>
public static class PolicyForm
{
    /// <summary>A name that stands in a call: absent, or both numbers given.</summary>
    public static bool IsOptionalName(PolicyName? name) => name is null or { Number: > 0, Version: > 0 };

    /// <summary>A proposal to adopt: at least one language, clauses in their order and within their limits.</summary>
    public static bool IsRight(PolicyAdopt adopt) => adopt.Template is { } template && IsRight(template);

    /// <summary>A template as it may be adopted.</summary>
    public static bool IsRight(PolicyTemplate template) =>
        template.CalculateSize() <= PolicyLimits.TemplateBytesMax
        && AreTexts(template.Texts)
        && Rises(template.Verbs, PolicyLimits.VerbsMax)
        && template.Verbs.All(TextForm.IsVerb)
        && template.Rights.ToBits() != AccessBits.None
        && template.Signatories is PolicySignatories.Learner
            or PolicySignatories.Institution
            or PolicySignatories.Either
            or PolicySignatories.Both
        && template.OnwardSteps < LlpcLimits.GrantDepthMax
        && AreLabels(template.Purposes)
        && AreLabels(template.Places)
        && template.DaysMax <= PolicyLimits.DaysMax
        && template.RetentionDays <= PolicyLimits.DaysMax
        && template.WithdrawalDays <= PolicyLimits.DaysMax;

    /// <summary>
    /// A label of a purpose or place: 1 to 64 lower-case letters, digits and inner hyphens, so that two spellings are
    /// never one label.
    /// </summary>
    public static bool IsLabel(string label) =>
        label.Length is > 0 and <= PolicyLimits.LabelBytesMax
        && label[0] != '-'
        && label[^1] != '-'
        && label.All(static character => char.IsAsciiLetterLower(character)
            || char.IsAsciiDigit(character)
            || character == '-');

    private static bool AreTexts(RepeatedField<PolicyText> texts) =>
        texts.Count > 0
        && Rises(texts.Select(static text => text.Language), PolicyLimits.TextsMax)
        && texts.All(static text => text.Language.Length <= PolicyLimits.LanguageBytesMax
            && IsLabel(text.Language)
            && TextForm.IsName(text.Title)
            && IsProse(text.Text));

    private static bool AreLabels(RepeatedField<string> labels) =>
        Rises(labels, PolicyLimits.LabelsMax) && labels.All(IsLabel);

    private static bool IsProse(string text) =>
        !string.IsNullOrWhiteSpace(text)
        && Encoding.UTF8.GetByteCount(text) <= PolicyLimits.TextBytesMax
        && !text.Any(static character => char.IsControl(character) && character != '\n');

    private static bool Rises(IEnumerable<string> texts, int countMax)
    {
        int count = 0;
        string? before = null;
        foreach (string text in texts)
        {
            if (++count > countMax || (before is not null && string.CompareOrdinal(before, text) >= 0))
            {
                return false;
            }

            before = text;
        }

        return true;
    }
}
