namespace Ledger.Contracts.Learners;

/// <summary>In what way somebody acts for a learner. Each way has other actors.</summary>
public enum LearnerAct
{
    /// <summary>To read all records of the learner.</summary>
    Read,

    /// <summary>To give something away in the learner's name: grants, enrolments, plans, agreements.</summary>
    Consent,

    /// <summary>To take something back or refuse it: revocations, denials, ends of enrolments.</summary>
    Protect,

    /// <summary>To write as the learner. A record names its writer, so nobody writes in another's name.</summary>
    Write,
}
