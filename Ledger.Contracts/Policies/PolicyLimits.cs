namespace Ledger.Contracts.Policies;

/// <summary>How large a policy may be, and how many there are. Learners read them, and every node keeps them.</summary>
public static class PolicyLimits
{
    /// <summary>Policies of a ledger, versions not counted: a list that people can still choose from.</summary>
    public const int PoliciesMax = 1_024;

    /// <summary>A template as bytes: several fit into one transaction.</summary>
    public const int TemplateBytesMax = 64 * 1024;

    /// <summary>Languages of a policy.</summary>
    public const int TextsMax = 16;

    /// <summary>A language tag (BCP 47 asks for room for 35).</summary>
    public const int LanguageBytesMax = 35;

    /// <summary>The plain words in one language: a few pages.</summary>
    public const int TextBytesMax = 8 * 1024;

    /// <summary>Verbs that a policy names.</summary>
    public const int VerbsMax = 64;

    /// <summary>Purposes, and places, that a policy names.</summary>
    public const int LabelsMax = 32;

    /// <summary>A label of a purpose or place.</summary>
    public const int LabelBytesMax = 64;

    /// <summary>Longest bound in days that a clause names: a hundred years.</summary>
    public const uint DaysMax = 36_500;
}
