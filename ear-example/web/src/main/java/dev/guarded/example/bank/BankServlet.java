// SPDX-License-Identifier: Apache-2.0
package dev.guarded.example.bank;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The bank's counter: takes about 50 ms for a payment, as banks do. */
@WebServlet("/bank/*")
public class BankServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration CARE = Duration.ofMillis(50);
    private static final String RATES = "EUR 1\nGBP 0.85\nUSD 1.08\n";

    @Inject
    private transient Books books;

    /** What can be asked of the bank, and fails as a bank does. */
    @FunctionalInterface
    private interface Business {
        String done() throws SQLException, OldTokenException;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (String.valueOf(request.getPathInfo()).equals("/rates")) {
            answer(response, () -> RATES);
        } else {
            answer(
                    response,
                    () -> books.booked(number(request, "merchant"), number(request, "token")).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining("\n")));
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (String.valueOf(request.getPathInfo()).equals("/rules")) {
            answer(response, () -> {
                boolean refuse = Boolean.parseBoolean(request.getParameter("refuseOldTokens"));
                books.refuseOldTokens(refuse);
                return refuse ? "The bank refuses old tokens." : "The bank looks at no token.";
            });
        } else {
            LockSupport.parkNanos(CARE.toNanos());
            answer(response, () -> {
                books.book(
                        number(request, "merchant"),
                        number(request, "payment"),
                        number(request, "cents"),
                        number(request, "token"));
                return "Paid.";
            });
        }
    }

    private void answer(HttpServletResponse response, Business business) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        try {
            response.getWriter().write(business.done());
        } catch (OldTokenException e) {
            refuse(response, e);
        } catch (NumberFormatException e) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            response.getWriter().write("The bank needs numbers: merchant, payment, cents, token.");
        } catch (SQLException e) {
            log("The bank's books cannot be read", e);
            response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
            response.getWriter().write("The bank's books cannot be read.");
        }
    }

    private void refuse(HttpServletResponse response, OldTokenException refused) throws IOException {
        try {
            books.countRefusal();
        } catch (SQLException | OldTokenException e) {
            log("A refusal was not counted", e);
        }
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        response.getWriter().write(refused.refusal());
    }

    private static long number(HttpServletRequest request, String name) {
        return Long.parseLong(String.valueOf(request.getParameter(name)));
    }
}
