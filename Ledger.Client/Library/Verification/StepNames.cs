namespace Ledger.Client.Verification;

/// <summary>The names of steps.</summary>
internal static class StepNames
{
    public const string Format = "format";
    public const string Membership = "membership";
    public const string Certificate = "certificate";
    public const string Inclusion = "inclusion";
    public const string Signatures = "signatures";
    public const string Content = "content";
    public const string Completeness = "completeness";
    public const string Freshness = "freshness";
    public const string Validity = "validity";
}
