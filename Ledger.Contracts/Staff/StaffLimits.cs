namespace Ledger.Contracts.Staff;

/// <summary>How much is kept of staff and testimonials.</summary>
public static class StaffLimits
{
    /// <summary>
    /// Terms of one member of staff at one institution: a change of roles each year of a long working life, since every
    /// action looks for the term of its date.
    /// </summary>
    public const int TermsMax = 64;

    /// <summary>Testimonials about one learner by one institution, withdrawn ones too: some for each course.</summary>
    public const int TestimonialsMax = 256;
}
