package io.openqpr.demo;

import io.openqpr.code.CodeDraft;
import io.openqpr.model.Template;
import java.util.List;

/// One code of the sample: what it is, and how people scan it.
///
/// @param scansADay on a usual day, before rhythm and peaks
/// @param rhythm when in the day and week it is scanned
/// @param peakDaysAgo the middle day of a campaign; negative for none
/// @param conversationShare of scans that open a conversation
/// @param meanMessages of those
record SampleCode(
    CodeDraft draft,
    double scansADay,
    Rhythm rhythm,
    int peakDaysAgo,
    double conversationShare,
    double meanMessages) {

  /// Relative weight of each hour of the day, and of the weekend against a weekday.
  enum Rhythm {
    /// Guests: mornings and evenings, fuller at weekends.
    HOTEL(
        new int[] {2, 1, 1, 1, 1, 3, 7, 10, 9, 6, 4, 4, 5, 4, 5, 7, 8, 8, 9, 10, 10, 8, 6, 4}, 1.5),
    /// Visitors: from noon to midnight, mostly at weekends.
    FESTIVAL(
        new int[] {5, 2, 1, 0, 0, 0, 0, 1, 2, 3, 4, 5, 7, 8, 8, 9, 10, 10, 10, 9, 9, 8, 8, 7}, 2.5),
    /// Patients: office hours, hardly at weekends.
    CLINIC(
        new int[] {0, 0, 0, 0, 0, 0, 1, 5, 10, 10, 9, 8, 5, 6, 8, 8, 7, 4, 2, 1, 1, 0, 0, 0}, 0.2);

    private final int[] hours;
    private final double weekend;

    Rhythm(int[] hours, double weekend) {
      this.hours = hours;
      this.weekend = weekend;
    }

    int[] hours() {
      return hours;
    }

    double weekend() {
      return weekend;
    }
  }

  static List<SampleCode> all() {
    return List.of(
        hotel(
            "Harbour Hotel · room doors",
            "Ask me about your room, breakfast or late check-out.",
            190,
            0.72,
            5),
        hotel(
            "Harbour Hotel · breakfast tables",
            "Good morning! Allergies, specials, a second coffee?",
            130,
            0.41,
            3),
        hotel(
            "Park Hotel · room doors",
            "Welcome to the Park Hotel. What can I do for you?",
            150,
            0.69,
            5),
        hotel("Park Hotel · spa", "Treatments, opening hours, bookings: just ask.", 55, 0.58, 7),
        hotel(
            "Hotel group · loyalty card",
            "Your points, your stays, your next night with us.",
            35,
            0.33,
            4),
        festival(
            "Riverside Festival · poster campaign",
            "Line-up, tickets, how to get there.",
            120,
            21,
            0.38,
            4),
        festival(
            "Riverside Festival · entrance",
            "Where is what, and what may I bring in?",
            95,
            14,
            0.47,
            3),
        festival(
            "Riverside Festival · main stage", "Who plays now, who is next?", 110, 14, 0.52, 3),
        festival(
            "Riverside Festival · lost and found",
            "Tell me what you lost, and where.",
            25,
            12,
            0.83,
            8),
        clinic("Seaside Clinic · reception", "Appointments, insurance, which floor?", 95, 0.64, 4),
        clinic(
            "Seaside Clinic · medicine leaflet",
            "How do I take this, and what if I forget?",
            75,
            0.81,
            9),
        clinic("Seaside Clinic · aftercare", "How does it look after day three?", 40, 0.86, 11));
  }

  private static SampleCode hotel(
      String name, String welcome, double scansADay, double share, double messages) {
    CodeDraft draft = draft(name, welcome, Template.HOSPITALITY, "hotel");
    return new SampleCode(draft, scansADay, Rhythm.HOTEL, -1, share, messages);
  }

  private static SampleCode festival(
      String name,
      String welcome,
      double scansADay,
      int peakDaysAgo,
      double share,
      double messages) {
    CodeDraft draft = draft(name, welcome, Template.EVENTS, "festival");
    return new SampleCode(draft, scansADay, Rhythm.FESTIVAL, peakDaysAgo, share, messages);
  }

  private static SampleCode clinic(
      String name, String welcome, double scansADay, double share, double messages) {
    CodeDraft draft = draft(name, welcome, Template.HEALTHCARE, "clinic");
    return new SampleCode(draft, scansADay, Rhythm.CLINIC, -1, share, messages);
  }

  private static CodeDraft draft(String name, String welcome, Template template, String group) {
    String prompt = "You answer for “" + name + "”. Be brief, kind and exact.";
    return new CodeDraft(name, prompt, welcome, template, null, "{\"group\":\"" + group + "\"}");
  }
}
