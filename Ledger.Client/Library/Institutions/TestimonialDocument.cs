namespace Ledger.Client.Institutions;

/// <summary>The JSON of a testimonial's file.</summary>
internal sealed record TestimonialDocument(
    string Learner, string Institution, long DatedUnixMs, string Salt, string Text);
